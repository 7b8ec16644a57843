// @ts-check
/** Where do I begin? Questions in words, and every town with its figure and its check-up. */
import { useAnswer } from '../ask.js';
import { money, moneyUnit } from '../figures.js';
import { Answer, Empty, Table } from '../parts/frames.js';
import { FigureStamp, Outcome, TownLink } from '../parts/marks.js';
import { TOURED } from '../state.js';
import { asked, go, html, lang, link, recent, say, to } from '../shared.js';

/** @typedef {import('../../queries').StartQuery} Answered */
/** @typedef {NonNullable<Answered['towns']>['nodes'][number]} TownRow */

/** Real towns by output, unknown last; invented ones after them. @param {TownRow} a @param {TownRow} b */
const order = (a, b) => Number(a.synthetic) - Number(b.synthetic) || (b.figure?.value ?? -1) - (a.figure?.value ?? -1) || (a.id < b.id ? -1 : 1);

/** @param {readonly {name: string}[]} things */
const names = (things) => things.map((one) => one.name).join(say('comma')) || say('unknown');

/** Questions in words about one town and its first leader, each a link. @param {TownRow} town @param {{id: string, name: string}|undefined} leader */
function Questions(town, leader) {
  const of = { town: town.id };
  /** @type {[string, string, import('../state.js').View][]} */
  const all = [
    ['gaps', town.name, to('gaps', {}, of)], ['chain', town.name, to('chain', {}, of)], ['flow', town.name, to('flow', {}, of)],
    ['town', town.name, to('town', {}, of)], ['policies', town.name, to('policies', {}, of)],
  ];
  if (leader) all.splice(3, 0, ['impact', leader.name, to('impact', { org: leader.id }, { town: '' })]);
  return html`<section class="questions" aria-label=${say('start.questions')}>${all.map(([name, about, there]) => html`<a key=${name} class="question" ...${link(there)}>${say(`start.q.${name}`, about)}<span aria-hidden="true">→</span></a>`)}
    ${town.id === TOURED ? html`<button class="question accent" onClick=${() => go({ tour: 1 })}>${say('start.tour')}<span aria-hidden="true">→</span></button>` : null}</section>`;
}

/** @param {TownRow} town @param {import('../figures.js').MoneyUnit} unit */
const Output = (town, unit) => (town.figure
  ? html`${say(`bound.${town.figure.bound}`)} ${money(town.figure.value, unit, lang())} ${FigureStamp(town.figure)} <small>${[town.figure.year ?? say('year.unstated'), town.figure.scope !== 'WHOLE' && say(`scope.${town.figure.scope}`)].filter(Boolean).join(' · ')}</small>`
  : html`<span class="unknown">${say('unknown')}</span>`);

const Nothing = () => html`<h1>${say('start.title')}</h1>${Empty(say('empty.data'))}<p>${say('empty.data.how')}</p><p class="exports"><a class="button" ...${link(to('data'))}>${say('empty.data.desk')}</a></p>`;

/** @param {Answered} data */
function Towns(data) {
  const towns = [...(data.towns?.nodes ?? [])].sort(order), byId = new Map(towns.map((town) => [town.id, town])), count = data.towns?.totalCount ?? 0;
  if (!towns.length) return data.towns ? Nothing() : html`<h1>${say('start.title')}</h1>`;
  const checks = new Map((data.checkups?.rows ?? []).map((row) => [row.town.id, row]));
  const unit = moneyUnit(towns.map((town) => town.figure?.value)), example = byId.get(TOURED) ?? towns[0];
  const seen = recent().flatMap((id) => byId.get(id) ?? []);
  const shown = count > towns.length ? say('start.shown', towns.length, count) : say('start.towns', towns.length);
  return html`<h1>${say('start.title')}</h1>${Questions(example, data.example?.id === example.id ? data.example.leaders.nodes[0] : undefined)}
    ${seen.length ? html`<p class="recent"><span class="quiet">${say('start.recent')}</span> ${seen.map((town) => html`<span key=${town.id} class="chip">${TownLink({ id: town.id, name: town.name })}</span>`)}</p>` : null}
    <h2>${shown}${count > towns.length ? html` <a ...${link(to('tiles'))}>${say('start.rest')} →</a>` : null}</h2>
    ${Table({
      rows: towns, key: (town) => town.id, caption: shown,
      pick: (town) => { go(to('town', {}, { town: town.id })); scrollTo(0, 0); },
      columns: [
        { head: say('col.town'), cell: (town) => TownLink(town) },
        { head: say('col.region'), cell: (town) => names(town.regions) },
        { head: say('col.industry'), cell: (town) => names(town.industries) },
        { head: say('col.level'), cell: (town) => `${say(`level.${town.level}`)} · ${say(`status.${town.status ?? 'UNKNOWN'}`)}` },
        { head: say('col.output', say(unit.key)), number: true, cell: (town) => Output(town, unit) },
        { head: say('col.checkup'), cell: (town) => { const found = checks.get(town.id); return found ? html`<span title=${found.inWords}>${Outcome(found.outcome, found.byInvented)}</span>` : html`<span class="unknown">${say('unknown')}</span>`; } },
      ],
    })}`;
}

export function Start() {
  const { asOf, realOnly } = asked();
  return html`<main id="main">${Answer(useAnswer('page/start', { example: TOURED, asOf, realOnly }), Towns)}</main>`;
}
