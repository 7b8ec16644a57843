// @ts-check
/** Links between cards: one SVG behind them, drawn from where the cards are, and again whenever those move. */
import { curve } from '../geometry.js';
import { useLayoutEffect } from '../vendor/preact.js';

/**
 * Draw each `path` of `svg.links` from the card named in `data-from` to that of `data-to`.
 * @param {{current: HTMLElement|null}} root what holds the cards and the SVG @param {unknown[]} when drawn again when one of these changes
 */
export function useLinks(root, when) {
  useLayoutEffect(() => {
    const map = root.current, svg = map?.querySelector('svg.links');
    if (!map || !svg) return undefined;
    const draw = () => { // read every box first, then write: one layout, not one a link
      const at = map.getBoundingClientRect();
      const box = new Map([...map.querySelectorAll('.card')].map((card) => { const b = card.getBoundingClientRect(); return [card.id, { left: b.left - at.left, right: b.right - at.left, top: b.top - at.top, bottom: b.bottom - at.top }]; }));
      svg.setAttribute('viewBox', `0 0 ${at.width} ${at.height}`);
      for (const path of svg.querySelectorAll('path')) {
        const from = box.get(path.dataset.from ?? ''), to = box.get(path.dataset.to ?? '');
        if (from && to) path.setAttribute('d', curve(from, to));
      }
    };
    const watch = new ResizeObserver(draw);
    watch.observe(map); // says at once how large the map is, before it is painted: no drawing of our own is needed
    return () => watch.disconnect();
  }, when);
}

/** Arrow keys among cards in columns (`section`): up and down in one, left and right to the card at the same height. @param {KeyboardEvent} event */
export function moveAmongCards(event) {
  const here = /** @type {HTMLElement} */ (event.target).closest('.card'), section = here?.closest('section');
  if (!here || !section || !event.key.startsWith('Arrow')) return;
  const cards = [...section.querySelectorAll('.card')], upDown = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const beside = event.key === 'ArrowLeft' ? section.previousElementSibling : section.nextElementSibling, y = here.getBoundingClientRect().top;
  const away = (/** @type {Element} */ card) => Math.abs(card.getBoundingClientRect().top - y);
  const target = upDown ? cards[cards.indexOf(here) + upDown] : [...(beside?.querySelectorAll('.card') ?? [])].sort((a, b) => away(a) - away(b))[0];
  if (target instanceof HTMLElement) { target.focus(); event.preventDefault(); }
}
