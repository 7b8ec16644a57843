// @ts-check
/** Where do I begin? Questions in words, and every town with its figure and its check-up. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit } from '../figures.js';
import { Answer, Empty, Table } from '../parts/frames.js';
import { FigureStamp, Named, Outcome } from '../parts/marks.js';
import { elsewhere, TOURED } from '../state.js';
import { asked, go, html, lang, link, recent, say, view } from '../shared.js';

/** Real towns by output, unknown last; invented ones after them. @param {any} a @param {any} b */
const order = (a, b) => Number(a.synthetic) - Number(b.synthetic) || (b.figure?.value ?? -1) - (a.figure?.value ?? -1) || (a.id < b.id ? -1 : 1);

export function Start() {
  const answer = useAnswer('page/start', { asOf: asked().asOf, realOnly: asked().realOnly });
  return html`<main id="main">${Answer(answer, (data) => {
    const towns = [...(data.towns?.nodes ?? [])].sort(order);
    if (!towns.length) return html`${Empty(say('empty.data'))}<p>${say('empty.data.how')}</p>`;
    const checks = new Map((data.checkups?.rows ?? []).map((/** @type {any} */ row) => [row.town.id, row]));
    const unit = moneyUnit(towns.map((town) => town.figure?.value));
    const byId = new Map(towns.map((town) => [town.id, town]));
    const example = byId.get(TOURED) ?? towns[0];
    /** @param {any} town @param {'town'|'chain'|'gaps'} name */
    const to = (town, name) => link({ ...elsewhere(view.value), view: name, town: town.id });
    const seen = recent().map((id) => byId.get(id)).filter(Boolean);
    return html`<h1>${say('start.title')}</h1>
      <section class="questions" aria-label=${say('start.questions')}>
        ${/** @type {const} */ (['gaps', 'chain', 'town']).map((name) => html`<a key=${name} class="question" ...${to(example, name)}>${say(`start.q.${name}`, example.name)}<span aria-hidden="true">→</span></a>`)}
        ${example.id === TOURED ? html`<button class="question accent" onClick=${() => go({ tour: 1 }, 'push')}>${say('start.tour')}<span aria-hidden="true">→</span></button>` : null}</section>
      ${seen.length ? html`<p class="recent"><span class="quiet">${say('start.recent')}</span> ${seen.map((/** @type {any} */ town) => html`<a key=${town.id} class="chip" ...${to(town, 'town')}>${town.name}</a>`)}</p>` : null}
      <h2>${say('start.towns', towns.length)}</h2>
      ${Table({
        rows: towns, key: (town) => town.id, caption: say('start.towns', towns.length),
        pick: (town) => { go({ ...elsewhere(view.value), view: 'town', town: town.id }); scrollTo(0, 0); },
        columns: [
          { head: say('col.town'), cell: (town) => html`<a ...${to(town, 'town')}>${Named(town)}</a>` },
          { head: say('col.region'), cell: (town) => town.regions.map((/** @type {any} */ region) => region.name).join('、') || say('unknown') },
          { head: say('col.industry'), cell: (town) => town.industries.map((/** @type {any} */ industry) => industry.name).join('、') || say('unknown') },
          { head: say('col.level'), cell: (town) => `${say(`level.${town.level}`)} · ${say(`status.${town.status ?? 'UNKNOWN'}`)}` },
          { head: say('col.output', say(unit.key)), number: true, cell: (town) => (town.figure ? html`${say(`bound.${town.figure.bound}`)} ${money(town.figure.value, unit, lang())} ${FigureStamp(town.figure)} <small>${[town.figure.year ?? say('year.unstated'), town.figure.scope !== 'WHOLE' && say(`scope.${town.figure.scope}`)].filter(Boolean).join(' · ')}</small>` : html`<span class="unknown">${say('unknown')}</span>`) },
          { head: say('col.checkup'), cell: (town) => { const found = checks.get(town.id); return found ? html`<span title=${found.inWords}>${Outcome(found.outcome, found.byInvented)}</span>` : html`<span class="unknown">${say('unknown')}</span>`; } },
        ],
      })}`;
  })}</main>`;
}
