/* What the page does in the browser: tells the server which source, question or view was chosen, and moves the focus.
   Runs once, as the panel's js_on_load: `element` is the panel, `trigger` sends an event, `watch` tells of new content. */
let opener = null; // where the source in the panel was opened from
let restore = null; // what had the focus before rows were drawn again
let timer = null;
let turns = 0;

// An answer opens its first source by itself: whoever is typing the next question keeps the focus.
const busy = () => document.activeElement?.matches('input, textarea');

document.documentElement.lang = document.querySelector('[data-lang]')?.dataset.lang || 'ja';

const show = () => element.querySelector('#opened')?.focus({preventScroll: window.innerWidth > 900});
const open = (act, from) => {
  opener = from;
  if (element.querySelector('[data-opened]')?.dataset.opened === act) show(); // what stays the same is not drawn again
  trigger('act', {act: act});
};

document.addEventListener('click', (event) => {
  const at = event.target;
  if (!(at instanceof Element)) return;
  const cite = at.closest('a.cite');
  if (cite) { event.preventDefault(); open(cite.getAttribute('href').slice(1), cite); return; }
  const act = at.closest('[data-act]');
  if (act) { open(act.dataset.act, element.contains(act) ? opener : act); return; }
  const again = at.closest('a.again'); // the chat lets no button through: a link, whose question is asked here
  if (again) { event.preventDefault(); trigger('ask', {text: new URL(again.href).searchParams.get('q') || ''}); return; }
  const ask = at.closest('[data-ask]');
  if (ask) { trigger('ask', {text: ask.dataset.ask}); return; }
  const png = at.closest('[data-png]');
  if (png) { picture(png.closest('figure').querySelector('svg')); return; }
  const edit = at.closest('[data-edit], [data-cancel]');
  if (edit) { chip(edit.closest('[data-slot]'), edit.matches('[data-edit]')); return; }
  if (at.closest('[data-back]') && opener && opener.isConnected) { opener.focus(); opener.scrollIntoView({block: 'center'}); return; }
  const form = document.querySelector('form.lookup');
  if (!form) return;
  const sort = at.closest('[data-sort]');
  if (sort) {
    const same = form.elements.sort.value === sort.dataset.sort;
    form.elements.desc.value = same && !form.elements.desc.value ? '1' : '';
    form.elements.sort.value = sort.dataset.sort;
    form.elements.start.value = '';
    restore = `[data-sort="${sort.dataset.sort}"]`;
    send(form, 0);
  }
  const start = at.closest('[data-start]');
  if (start) { form.elements.start.value = start.dataset.start; send(form, 0); }
  if (at.closest('[data-clear]')) {
    for (const one of form.elements) if (one.name && one.name !== 'table') one.value = '';
    send(form, 0);
  }
});

// A chart as a file: black on white, twice as large as it is drawn, with its title and source.
const picture = (svg) => {
  const copy = svg.cloneNode(true), {width, height} = svg.viewBox.baseVal, edge = 16;
  copy.setAttribute('viewBox', `${-edge} ${-edge} ${width + 2 * edge} ${height + 2 * edge}`);
  copy.setAttribute('width', 2 * (width + 2 * edge));
  copy.setAttribute('height', 2 * (height + 2 * edge));
  copy.setAttribute('color', '#111827');
  copy.setAttribute('font-family', getComputedStyle(svg).fontFamily);
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const on = canvas.getContext('2d');
    on.fillStyle = '#ffffff';
    on.fillRect(0, 0, canvas.width, canvas.height);
    on.drawImage(image, 0, 0);
    canvas.toBlob((blob) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'tashika.png';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }, 'image/png');
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
};

// A part of the understood question: its button makes way for a field, and comes back.
const chip = (part, editing) => {
  const button = part.querySelector('[data-edit]'), form = part.querySelector('form');
  button.hidden = editing;
  form.hidden = !editing;
  if (editing) { form.reset(); form.elements.text.focus(); form.elements.text.select(); } else button.focus();
};
document.addEventListener('keydown', (event) => {
  const form = event.key === 'Escape' && event.target instanceof Element ? event.target.closest('form[data-chip]') : null;
  if (form) chip(form.closest('[data-slot]'), false);
});

const send = (form, wait) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) said.set(name, value);
    const query = said.toString();
    if (form.dataset.sent === query) return; // leaving a field asks nothing new, and must not race with the click that left it
    form.dataset.sent = query;
    trigger('view', {query: query});
  }, wait);
};

for (const kind of ['input', 'change']) {
  document.addEventListener(kind, (event) => {
    const form = event.target instanceof Element ? event.target.closest('form.lookup') : null;
    if (!form) return;
    form.elements.start.value = '';
    if (event.target.name === 'table') {
      for (const one of form.elements) if (one.name && one.name !== 'table') one.value = '';
    }
    send(form, kind === 'input' ? 200 : 0);
  });
}
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.matches('form.lookup')) { event.preventDefault(); send(form, 0); }
  if (form.matches('form[data-chip]')) {
    event.preventDefault();
    restore = `[data-slot="${form.closest('[data-slot]').dataset.slot}"] [data-edit]`;
    trigger('chip', {slot: form.dataset.chip, number: form.dataset.number, text: form.elements.text.value});
  }
});

watch('value', () => {
  const cell = element.querySelector('td.cited'), box = cell?.closest('.scroll');
  if (box && cell.offsetLeft + cell.offsetWidth > box.clientWidth) {
    box.scrollLeft = cell.offsetLeft + cell.offsetWidth / 2 - box.clientWidth / 2;
  }
  if (opener && !busy()) show();
});

new MutationObserver(() => {
  if (restore) {
    const again = document.querySelector(restore);
    if (again && document.activeElement === document.body) { again.focus(); restore = null; }
  }
  // The chat's own names are English, and those of its messages are their source text.
  for (const one of document.querySelectorAll('[data-testid="bot"][aria-label], [data-testid="user"][aria-label]')) one.removeAttribute('aria-label');
  const asked = document.querySelectorAll('[data-testid="user"]'), box = document.querySelector('#chat');
  if (asked.length !== turns) { // a new turn: its question at the top, as much of its answer as fits below
    turns = asked.length;
    const last = asked[turns - 1];
    if (last) box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - 40;
  }
  const log = document.querySelector('#chat [role="log"]'), name = document.querySelector('#chat [data-testid="block-label"]')?.innerText.trim();
  if (log && name && log.getAttribute('aria-label') !== name) log.setAttribute('aria-label', name);
  // The upload field's name has to hold the words that are seen in it.
  for (const one of document.querySelectorAll('button[aria-dropeffect][aria-label]')) one.removeAttribute('aria-label');
}).observe(document.body, {childList: true, subtree: true});
