import './style.css';
import { effect } from '@preact/signals-core';
import type { Capabilities } from '../clients/typescript/client.ts';
import { byId } from './dom/dom.ts';
import { mountForm } from './form/form.ts';
import { mountImportDialog } from './import/dialog.ts';
import { mountTakenNote } from './import/note.ts';
import { ask } from './service/service.ts';
import { keepBarycenterAnswered } from './state/barycenter.ts';
import { keepHistory } from './state/history.ts';
import { link, restore } from './state/link.ts';
import { keepMatrixAnswered } from './state/matrix.ts';
import { keepMoving } from './state/move-point.ts';
import { keepNeighborsAnswered } from './state/neighbors.ts';
import { keepPairAnswered } from './state/pair.ts';
import { keepSearchAnswered } from './state/search.ts';
import { capabilities, metric, metricName, problem, s1, s2 } from './state/state.ts';
import { keepStraightAnswered } from './state/straight.ts';
import { mountAllMetrics } from './view/all-metrics.ts';
import { mountBusy } from './view/busy.ts';
import { copyButton } from './view/copy-button.ts';
import { mountDatasetField } from './view/dataset-field.ts';
import { takeDrops } from './view/drop.ts';
import { mountExample } from './view/example.ts';
import { mountFigures } from './view/figures.ts';
import { mountKeyBanner } from './view/key-banner.ts';
import { mountMatrixView } from './view/matrix.ts';
import { mountNeighbors } from './view/neighbors.ts';
import { mountNormalise } from './view/normalise.ts';
import { mountPull } from './view/pull.ts';
import { mountRequest } from './view/request.ts';
import { mountResult } from './view/result.ts';
import { mountSearch, mountSearchField } from './view/search.ts';
import { seriesField } from './view/series-field.ts';
import { mountStored } from './view/stored.ts';
import { mountTheme } from './view/theme.ts';
import { tip } from './view/tip.ts';
import { mountTooltip } from './view/tooltip.ts';
import { mountUndo } from './view/undo.ts';
import { focusFigures, mountViews } from './view/views.ts';

mountUndo(byId('tools'));
mountTheme(byId('tools'));
byId('tools').append(copyButton('Copy link', link));
// A step of the history would be restored as a state of the page.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  focusFigures();
});
mountKeyBanner(byId('key-banner'), learn);
mountViews(byId('views'));
mountNormalise(byId('normalise'));
mountExample(byId('example-choice'));
byId('series-choice').append(seriesField('s1', s1), seriesField('s2', s2));
mountDatasetField(byId('dataset-choice'));
mountForm(byId('form'), byId('fields'));
// On small screens, the figures come first.
byId<HTMLDetailsElement>('parameters').open = matchMedia('(width > 48rem)').matches;
mountResult(byId('result'));
mountBusy(byId('busy'));
mountTooltip(tip);
mountFigures(byId('alignment'), byId('cost'));
mountPull(byId('pull'));
mountAllMetrics(byId('all-metrics'));
mountMatrixView(byId('matrix'), byId('group-figure'));
mountNeighbors(byId('query'), byId('neighbors'));
mountSearchField(byId('search-choice'));
mountSearch(byId('search'), byId('matches'));
mountStored(byId('stored'), byId('jobs'), byId('job-result'));
mountRequest(byId('request-figure'));
takeDrops();
mountTakenNote(byId('taken'));
mountImportDialog();
effect(() => {
  // A link may name a metric that this service does not have.
  if (capabilities.value && !metric.value) metricName.value = 'dtw';
});
keepPairAnswered();
keepMoving();
keepStraightAnswered();
keepMatrixAnswered();
keepBarycenterAnswered();
keepNeighborsAnswered();
keepSearchAnswered();
void learn();
await restore(location.hash.slice(1));
keepHistory();

/** Asks the service what it can do. */
async function learn(): Promise<void> {
  const reply = await ask<Capabilities>({ path: '/capabilities' });
  problem.value = reply.ok ? undefined : reply.problem;
  if (reply.ok) capabilities.value = reply.data;
}
