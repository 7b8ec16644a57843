// @ts-check
/** One town of a ranking: what each indicator found, gave and cost it, the claims behind, and what changed since last year. */
import { useAnswer } from '../../ask.js';
import { nearly, points, signed } from '../../figures.js';
import { Answer, Foot, Table } from '../../parts/frames.js';
import { Figure, TownLink } from '../../parts/marks.js';
import { go, html, link, say, to } from '../../shared.js';
import { useEffect, useRef } from '../../vendor/preact.js';

/** @typedef {import('../../../queries').RankingPartsFragment} Ranked */
/** @typedef {Ranked['rows'][number]} Row */
/** @typedef {NonNullable<NonNullable<NonNullable<NonNullable<import('../../../queries').EvaluationCardQuery['town']>['evaluationCard']>['town']>['indicators']>[number]} Facts */

/** @param {{row: Row, ranking: Ranked, variables: import('../../../queries').RankingQueryVariables}} props */
export function Card({ row, ranking, variables }) {
  const answer = useAnswer('page/evaluation-card', { ...variables, town: row.town.id }), panel = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { panel.current?.scrollIntoView({ block: 'nearest' }); }, [answer.data]);
  const changed = row.changed, because = new Map((changed?.indicators ?? []).map((one) => [one.indicator, one]));
  return html`<section class="panel evaluation" ref=${panel} aria-label=${say('ranking.card.title', row.town.name)}>
    <h2>${TownLink(row.town)} <small>${row.rank === null ? say('ranking.toolittle', nearly(row.knownWeight)) : say('ranking.card.rank', row.rank, points(row.total))}</small><button onClick=${() => go({ selected: null })}>${say('close')}</button></h2>
    ${Answer(answer, (data) => {
    const card = data.town?.evaluationCard, standings = new Map((card?.standings ?? []).map((one) => [one.indicator, one])), facts = new Map((card?.town?.indicators ?? []).map((one) => [one.indicator, one]));
    return html`<p>${ranking.trial ? [say('ranking.custom'), row.referenceRank !== null && say('ranking.reference', row.referenceRank)].filter(Boolean).join(say('semicolon')) : card?.inWords ?? card?.unknownReason ?? ''}</p>
      ${row.stability === null ? null : html`<p class="quiet">${say('ranking.card.stability', nearly(row.stability))}</p>`}
      ${Table({
        rows: row.indicators, key: (one) => one.indicator, caption: say('ranking.card.title', row.town.name),
        columns: [
          { head: say('ranking.card.indicator'), cell: (one) => html`${one.words} <small class="quiet">${nearly(ranking.indicators.find((each) => each.indicator === one.indicator)?.weight ?? null)}</small>` },
          { head: say('ranking.card.scaled'), number: true, cell: (one) => (row.total === null ? '—' : nearly(one.share)) },
          { head: say('ranking.card.actual'), cell: (one) => html`${one.actual}${one.missingFacts.map((/** @type {string} */ fact) => html`<small key=${fact}>${fact}</small>`)}` },
          { head: say('ranking.card.claims'), cell: (one) => Claims(facts.get(one.indicator), row.town.id) },
          { head: say('ranking.card.points'), number: true, cell: (one) => points(one.points) },
          { head: say('ranking.card.gave'), number: true, cell: (one) => (row.total === null || one.points === null ? '—' : points(one.contribution)) },
          { head: say('ranking.card.lost'), number: true, cell: (one) => (row.total === null || one.points === null ? '—' : points(one.lost)) },
          { head: say('ranking.card.place'), number: true, cell: (one) => { const place = standings.get(one.indicator); return place?.place ? say('ranking.card.of', place.place, place.of) : '—'; } },
          { head: say('ranking.card.change'), cell: (one) => { const why = because.get(one.indicator); return why && why.reason !== 'UNCHANGED' ? html`${signed(why.contribution)}<small>${say(`ranking.why.${why.reason}`)}</small>` : '—'; } },
        ],
      })}
      ${changed ? Moved(changed) : null}
      <p class="go">${[['town', 'ranking.card.town'], ['policies', 'ranking.card.policies'], ['growth', 'ranking.card.growth']].map(([name, words]) => html`<a key=${name} ...${link(to(/** @type {import('../../state.js').ViewName} */ (name), {}, { town: row.town.id }))}>${say(words)} →</a>`)}</p>
      ${card?.note ? html`<p class="quiet">${card.note}</p>` : null}${Foot(card?.method)}`;
  })}</section>`;
}

/** The town's own figures that an indicator used; those of members are counted. @param {Facts|undefined} facts @param {string} town */
function Claims(facts, town) {
  if (!facts?.claimsCount) return '—';
  return html`${facts.claims.map((one) => html`<div key=${one.id}>${Figure(one, town, one.metric)}</div>`)}${facts.claimsCount > facts.claims.length ? html`<small>${say('ranking.card.members', facts.claimsCount - facts.claims.length)}</small>` : null}`;
}

/** @param {NonNullable<Row['changed']>} changed */
function Moved(changed) {
  const named = (/** @type {string} */ words, /** @type {readonly {id: string, name: string}[]} */ towns) => (towns.length ? html`<dt>${say(words)}</dt><dd>${towns.map((one) => one.name).join(say('comma'))}</dd>` : null);
  return html`<h3>${say('ranking.card.moved', changed.rankBefore, signed(changed.total))}</h3><dl>${named('ranking.card.overtook', changed.overtook)}${named('ranking.card.overtakenBy', changed.overtakenBy)}${named('ranking.card.enteredAbove', changed.enteredAbove)}${named('ranking.card.leftAbove', changed.leftAbove)}</dl>`;
}
