// What `benchmarks.page` has a page do, and when it was done; it is there before the page is.
(() => {
  const base = () => document.querySelector('script[type=module]').src.replace(/app\.js$/, '');
  const cards = () => document.querySelectorAll('main .card');

  /** Wait until the next frame is drawn. */
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  }));

  /** Milliseconds from an act to the next frame. */
  async function timed(act) {
    const begin = performance.now();
    act();
    await frame();
    return performance.now() - begin;
  }

  /** The same, again and again. */
  async function hands(times, act) {
    const found = [];
    for (let n = 0; n < times; n += 1) found.push(await timed(() => act(n)));
    return found;
  }

  async function go(change) {
    const { go: there, view } = await import(`${base()}shared.js`);
    there({ ...view.value, ...change });
  }

  window.bench = {
    /** When the frame that holds the first card is drawn. */
    firstCard: new Promise((done) => new MutationObserver((_, watch) => {
      if (!cards().length) return;
      watch.disconnect();
      frame().then(() => done(performance.now()));
    }).observe(document, { childList: true, subtree: true })),

    paints: () => new Promise((done, fail) => {
      setTimeout(() => fail(new Error('no paint was told of in ten seconds')), 10_000);
      new PerformanceObserver((list) => done([
        performance.getEntriesByName('first-contentful-paint')[0].startTime,
        list.getEntries().at(-1).startTime,
      ])).observe({ type: 'largest-contentful-paint', buffered: true });
    }),

    has: async (view) => view in (await import(`${base()}views.js`)).ENTRIES,

    /** Draw a view with so many cards; milliseconds to the frame that holds them. */
    async draw([view, count]) {
      const begin = performance.now();
      await go(view);
      while (cards().length < count) {
        if (performance.now() - begin > 10_000) throw new Error(`${cards().length} cards of ${count} were drawn in ten seconds`);
        await frame();
      }
      await frame();
      return performance.now() - begin;
    },

    /** Go where nothing of it stands, so that it is drawn anew. */
    async away() {
      await go({ view: 'start', town: '', of: {}, selected: null, states: [] });
      while (cards().length) await frame();
      await frame();
    },

    focus(times) {
      const all = [...cards()];
      return hands(times, (n) => all[(n * 7) % all.length].focus());
    },

    filter: (times) => hands(times, (n) => document.querySelectorAll('.legend button')[(n >> 1) % 4].click()),

    pan(times) {
      const box = document.querySelector('.net-scroll');
      return hands(times, (n) => box.scrollBy(n % 2 ? -40 : 40, 0));
    },

    /** Sort a table by its heads; nothing, if it has none. */
    async sort([rows, times]) {
      const { Table } = await import(`${base()}parts/frames.js`);
      const { h, render, signal } = await import(`${base()}vendor/preact.js`);
      const many = Array.from({ length: rows }, (_, n) => ({ id: `${n}`, a: (n * 7919) % 10007, b: (n * 3571) % 1009 }));
      const column = (id) => ({ head: id, id, number: true, cell: (row) => row[id], value: (row) => row[id] });
      const columns = [{ head: '企业', cell: (row) => `样例企业 ${row.id}` }, column('a'), column('b')];
      const by = signal(''), room = document.createElement('div');
      const choose = (next) => { by.value = next; };
      const Whole = () => Table({ rows: many, key: (row) => row.id, columns, sort: { now: by.value, choose } });
      document.body.append(room);
      render(h(Whole, {}), room);
      await frame();
      const heads = () => room.querySelectorAll('th[aria-sort] button');
      const found = heads().length ? await hands(times, (n) => heads()[n % 2].click()) : [];
      render(null, room);
      room.remove();
      return found;
    },
  };
})();
