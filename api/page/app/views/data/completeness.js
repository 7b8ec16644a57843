// @ts-check
/** How much is known of each town out of what the standards need, and what to collect first. */
import { useAnswer } from '../../ask.js';
import { Answer, Empty, Foot, Table } from '../../parts/frames.js';
import { Named, Stamp } from '../../parts/marks.js';
import { asked, h, html, link, say, to } from '../../shared.js';

/** @typedef {NonNullable<import('../../../queries').CompletenessQuery['completeness']>} Board */
/** @typedef {Board['rows'][number]} Row */
/** @typedef {Row['requirements'][number]} Need */

const STATE = /** @type {const} */ ({ KNOWN: 'COVERED', PARTLY: 'WEAK', UNKNOWN: 'UNKNOWN' });

/** Whether it is worth collecting: something is lacking, and the condition is open without it. @param {Need} one */
const open = (one) => one.state !== 'KNOWN' && one.outcome === 'UNKNOWN';

/** What decides comes first: real standards before invented ones, required before preferred, unknown before partly known. @param {Row} row @returns {Need|undefined} */
const first = (row) => [...row.requirements].filter(open).sort((a, b) => Number(a.standard.synthetic) - Number(b.standard.synthetic) || Number(a.priority) - Number(b.priority) || Number(a.state === 'PARTLY') - Number(b.state === 'PARTLY'))[0];

/** @param {Row} row */
const Strip = (row) => html`<span class="strip" role="img" aria-label=${say('data.complete.strip', row.known, row.partly, row.missing)}>${/** @type {const} */ (['KNOWN', 'PARTLY', 'UNKNOWN']).map((state) => { const n = row.requirements.filter((one) => one.state === state).length; return n ? html`<i key=${state} class=${STATE[state]} style=${{ flexGrow: n }}></i>` : null; })}</span>`;

/** Each condition, over all towns: those of real standards first, of these the one that most towns lack. @param {Board} board */
function kinds(board) {
  /** @type {Map<string, {standard: Need['standard'], words: string, priority: boolean, KNOWN: number, PARTLY: number, UNKNOWN: number, DECIDED: number, towns: string[]}>} */
  const found = new Map();
  for (const row of board.rows) for (const one of row.requirements) {
    const key = `${one.standard.id} ${one.path}`, kind = found.get(key) ?? { standard: one.standard, words: one.words, priority: one.priority, KNOWN: 0, PARTLY: 0, UNKNOWN: 0, DECIDED: 0, towns: [] };
    kind[one.state === 'KNOWN' || open(one) ? one.state : 'DECIDED'] += 1;
    if (open(one) && one.state === 'UNKNOWN') kind.towns.push(row.town.name);
    found.set(key, kind);
  }
  return [...found.entries()].sort(([, a], [, b]) => Number(a.standard.synthetic) - Number(b.standard.synthetic) || b.UNKNOWN - a.UNKNOWN || b.PARTLY - a.PARTLY || Number(a.priority) - Number(b.priority));
}

/** @param {string[]} names */
const some = (names) => (names.length > 6 ? `${names.slice(0, 6).join(say('comma'))} ${say('data.and', names.length - 6)}` : names.join(say('comma'))) || '—';

/** @param {Board} board */
function Drawn(board) {
  const short = [...board.rows].sort((a, b) => Number(a.town.synthetic) - Number(b.town.synthetic)), needs = kinds(board);
  const lacking = needs.find(([, one]) => one.UNKNOWN + one.PARTLY)?.[1];
  return html`${lacking ? html`<p class="lead">${say('data.complete.first', lacking.words, lacking.UNKNOWN, lacking.PARTLY, board.rows.length)}</p>` : null}
    <p><a class="button" href="template.xlsx" download>${say('data.template')}</a> <span class="quiet">${say('data.complete.do')}</span></p>
    <h2>${say('data.complete.kinds')}</h2>${Table({
      rows: needs, key: ([key]) => key, caption: say('data.complete.kinds'),
      columns: [
        { head: say('data.col.need'), cell: ([, one]) => html`${one.words}<small>${Named(one.standard)}${one.priority ? ` · ${say('data.preferred')}` : ''}</small>` },
        { head: say('data.coverage.UNKNOWN'), number: true, cell: ([, one]) => one.UNKNOWN },
        { head: say('data.coverage.PARTLY'), number: true, cell: ([, one]) => one.PARTLY },
        { head: say('data.coverage.DECIDED'), number: true, cell: ([, one]) => one.DECIDED },
        { head: say('data.coverage.KNOWN'), number: true, cell: ([, one]) => one.KNOWN },
        { head: say('data.col.lacking'), cell: ([, one]) => some(one.towns) },
      ],
    })}
    <h2>${say('data.complete.towns')}</h2>${Table({
      rows: short, key: (row) => row.town.id, caption: say('data.complete.towns'),
      columns: [
        { head: say('col.town'), cell: (row) => html`<a ...${link(to('town', {}, { town: row.town.id }))}>${Named(row.town)}</a>` },
        { head: say('data.col.share'), cell: (row) => html`${Strip(row)}<span class="nowrap">${say('data.complete.of', row.known + row.partly, row.needed)}</span>` },
        { head: say('data.coverage.KNOWN'), number: true, cell: (row) => row.known },
        { head: say('data.coverage.PARTLY'), number: true, cell: (row) => row.partly },
        { head: say('data.coverage.UNKNOWN'), number: true, cell: (row) => row.missing },
        { head: say('data.col.collect'), cell: (row) => { const one = first(row); return one ? html`${one.words}<small>${one.reason ?? ''}${one.standard.synthetic ? html` ${Stamp(one.standard)}` : null}</small>` : say(row.known === row.needed ? 'data.complete.all' : 'data.complete.decided'); } },
      ],
    })}
    <p class="quiet">${say('data.shown', board.rows.length, board.count)}${board.rows.length < board.count ? say('data.complete.cap') : ''}</p>
    ${board.unreadable.map((one) => html`<p key=${one.standard.id} class="wrong">${one.standard.name}${say('semicolon')}${one.reason}</p>`)}${Foot(board.method)}`;
}

export function Completeness() {
  const { asOf, realOnly } = asked(), answer = useAnswer('page/completeness', { first: 60, asOf, realOnly });
  return Answer(answer, (data) => {
    const board = data.completeness;
    if (!board || !board.rows.length || board.unknownReason) return Empty(board?.unknownReason ?? say('data.empty'));
    return Drawn(board);
  });
}
