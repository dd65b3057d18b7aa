/* The list of earlier conversations, drawn from the browser's storage. Everything kept is set as text, never as markup. */
const history_ = element.querySelector('.history'), say = JSON.parse(history_.dataset.words);
const rows = history_.querySelector('ul'), told = history_.querySelector('[role=status]'), find = history_.querySelector('input');
const all = history_.querySelector('[data-forget]'), lang = history_.dataset.lang;
const made = (name, text, set = {}) => {
  const one = document.createElement(name);
  one.textContent = text;
  for (const [key, value] of Object.entries(set)) one.setAttribute(key, value);
  return one;
};
const date = (at) => new Date(at).toLocaleString(lang, {dateStyle: 'medium', timeStyle: 'short'});

const draw = () => {
  const whole = window.tashika.list(), now = window.tashika.current(), shown = window.tashika.found(find.value);
  history_.querySelector('[data-count]').textContent = whole.length;
  history_.classList.toggle('empty', !whole.length && !window.tashika.refused);
  history_.querySelector('[data-refused]').hidden = !window.tashika.refused;
  rows.replaceChildren(...shown.map((one) => {
    const row = document.createElement('li');
    const open = made('button', '', {type: 'button', 'data-conversation': one.id, ...(one.id === now ? {'aria-current': 'true'} : {})});
    open.append(made('span', one.title.slice(0, 80), {class: 'title', lang: 'ja'}));
    if (one.held && one.held !== one.title) open.append(made('span', one.held.slice(0, 120), {class: 'held', lang: 'ja'}));
    open.append(made('span', `${date(one.at)} · ${say.turns.replace('#', one.turns.length)}${one.id === now ? ` · ${say.now}` : ''}`, {class: 'when'}));
    row.append(open, made('button', say.remove, {type: 'button', 'data-remove': one.id, 'aria-label': `${say.remove}: ${one.title.slice(0, 80)}`}));
    return row;
  }));
  if (find.value && !shown.length) rows.append(made('li', say.none, {class: 'note'}));
};
const forget = (ids) => {
  const now = window.tashika.current(), taken = window.tashika.remove(ids);
  if (ids.includes(now)) { window.tashika.leave(); trigger('anew'); }
  const back = made('button', say.undo, {type: 'button'});
  back.addEventListener('click', () => {
    window.tashika.putBack(taken);
    told.replaceChildren();
    find.focus();
  });
  told.replaceChildren(made('span', `${say.removed.replace('#', taken.length)} `), back);
  back.focus();
};

element.addEventListener('click', (event) => {
  const open = event.target.closest('[data-conversation]'), gone = event.target.closest('[data-remove]');
  if (gone) forget([gone.dataset.remove]);
  else if (open) {
    const id = open.dataset.conversation;
    told.replaceChildren();
    window.tashika.enter(id);
    trigger('reopen', {turns: window.tashika.turns(id)});
  } else if (event.target.closest('[data-forget]')) forget(window.tashika.list().map((one) => one.id));
});
find.addEventListener('input', draw);
window.addEventListener('tashika:kept', draw);
draw();
