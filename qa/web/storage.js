/* Conversations in the browser's own storage, and nowhere else: kept turn by turn, bounded, the oldest dropped first.
   Stands in the page's head, so that it is there before anything asks for it. */
(() => {
  const NAME = 'tashika:', MOST = 50, LETTERS = 2000000, TURNS = 50;
  const fold = (text) => text.normalize('NFKC').toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60));
  const tell = () => window.dispatchEvent(new Event('tashika:kept'));
  const read = (id) => {
    try { return JSON.parse(localStorage.getItem(NAME + id)); } catch { return null; }
  };
  const list = () => {
    const found = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
        const one = name.startsWith(NAME) ? read(name.slice(NAME.length)) : null;
        if (one && Array.isArray(one.turns) && one.turns.length) found.push({id: name.slice(NAME.length), ...one});
      }
    } catch { /* storage is switched off */ }
    return found.sort((a, b) => (a.at < b.at ? 1 : -1));
  };
  const size = (name) => (localStorage.getItem(name) || '').length;
  const write = (id, one) => {
    const text = JSON.stringify(one);
    const others = list().filter((other) => other.id !== id).reverse(); // oldest first
    let whole = text.length + others.reduce((sum, other) => sum + size(NAME + other.id), 0);
    const drop = () => { const gone = others.shift(); whole -= size(NAME + gone.id); localStorage.removeItem(NAME + gone.id); };
    while (others.length && (whole > LETTERS || others.length >= MOST)) drop();
    for (;;) {
      try { localStorage.setItem(NAME + id, text); return true; } catch {
        if (!others.length) return false;
        drop();
      }
    }
  };
  const current = () => { try { return sessionStorage.getItem(NAME + 'now') || ''; } catch { return ''; } };
  const leave = () => { try { sessionStorage.removeItem(NAME + 'now'); } catch { /* nothing was kept */ } tell(); };
  const enter = (id) => { try { sessionStorage.setItem(NAME + 'now', id); } catch { /* a reload begins anew */ } tell(); };

  window.tashika = {
    list, current, leave, enter,
    /* One more turn of the conversation that its answer names. */
    keep(text) {
      if (!text) return;
      const turn = JSON.parse(text), id = turn.answer.id;
      if (!id) return;
      const held = read(id) || {title: turn.question, turns: []};
      held.turns = [...held.turns.filter((one) => one.answer.turn < turn.answer.turn), turn].slice(-TURNS);
      held.at = new Date().toISOString();
      window.tashika.refused = !write(id, held);
      enter(id);
    },
    /* A conversation as text for the server to go on with; nothing for one that is not there. */
    turns(id) { const held = id ? read(id) : null; return held ? JSON.stringify(held.turns) : ''; },
    /* What the page begins with: the conversation of this tab, unless its address asks for something else. */
    begun() { return new URLSearchParams(location.search).has('q') ? '' : window.tashika.turns(current()); },
    /* An address that asked something has been answered: a reload shows the conversation, and asks nothing again. */
    settled() {
      const said = new URLSearchParams(location.search);
      if (!said.has('q')) return;
      for (const name of ['q', 'index', 'answer']) said.delete(name);
      history.replaceState(null, '', location.pathname + (said.size ? `?${said}` : ''));
    },
    /* Conversations that hold all words, each with the question or answer that holds one. */
    found(words) {
      const wanted = fold(words).split(/\s+/).filter(Boolean);
      if (!wanted.length) return list();
      return list().flatMap((one) => {
        const texts = one.turns.flatMap((turn) => [turn.question, turn.answer.standalone, turn.answer.answer]);
        const folded = texts.map(fold), whole = folded.join('\n');
        if (!wanted.every((word) => whole.includes(word))) return [];
        const at = folded.findIndex((text) => wanted.some((word) => text.includes(word)));
        return [{...one, held: at >= 0 ? texts[at] : ''}];
      });
    },
    /* Take conversations away; what was taken is given back, so that it can be put back. */
    remove(ids) {
      const taken = list().filter((one) => ids.includes(one.id));
      for (const one of taken) localStorage.removeItem(NAME + one.id);
      tell();
      return taken;
    },
    putBack(taken) { for (const {id, ...one} of taken) write(id, one); tell(); },
  };
  window.addEventListener('storage', tell);
})();
