import type { BenchPart } from '../part.js';
import { measureIpBatch } from '../star/ip-batch.js';
import { measureMininet } from '../star/mininet.js';
import { measureVethlab, type VethlabStar } from '../star/vethlab.js';
import { median } from '../statistics.js';
import { megabytes, ms, times } from '../table.js';

/** A router with hosts around it, made, removed and planned again, beside `ip -batch` and Mininet. */
export const measureStars: BenchPart = async ({ runs, rows, say }) => {
  const result: Record<string, unknown> = {};
  for (const hosts of [10, 100, 1000]) {
    const vethlab: VethlabStar[] = [];
    const batch: number[] = [];
    const mininet: number[] = [];
    // In turn, so that a slow moment of the machine falls on all of them.
    for (let run = 0; run < runs; run += 1) {
      say(`star of ${hosts}, run ${run + 1} of ${runs}`);
      vethlab.push(await measureVethlab(hosts));
      batch.push(measureIpBatch(hosts));
      if (hosts <= 100) {
        const figure = measureMininet(hosts);
        if (figure !== null) mininet.push(figure);
      }
    }
    const apply = median(vethlab.map(({ applyMs }) => applyMs));
    const beside = [`ip -batch ${ms(median(batch))} (${times(median(batch) / apply)})`];
    if (mininet.length > 0) beside.push(`Mininet ${ms(median(mininet))} (${times(median(mininet) / apply)})`);
    rows.push({
      what: `Star of ${hosts} hosts, apply`,
      figure: ms(apply),
      beside: beside.join(', '),
      target: hosts === 1000 ? '4 × ip -batch' : hosts === 100 ? '20 × Mininet' : '',
    });
    const whole = median(vethlab.map(({ wholeMs }) => wholeMs));
    rows.push({
      what: `Star of ${hosts}, from the document to the report: planned, made, read back`,
      figure: ms(whole),
      beside: mininet.length > 0 ? `Mininet, which reads nothing back (${times(median(mininet) / whole)})` : '',
      target: '',
    });
    rows.push({
      what: `Star of ${hosts}, remove all in order / end the sandbox`,
      figure: `${ms(median(vethlab.map(({ teardownMs }) => teardownMs)))} / ${ms(median(vethlab.map(({ killMs }) => killMs)))}`,
      beside: '',
      target: '',
    });
    rows.push({
      what: `Star of ${hosts}, second plan`,
      figure: `${ms(median(vethlab.map(({ secondPlanMs }) => secondPlanMs)))}, ${vethlab[0]?.secondPlanSteps ?? '?'} steps`,
      beside: '',
      target: '0 steps',
    });
    if (hosts === 1000) {
      rows.push({
        what: 'Agent while 1,000 nodes are applied: event loop held at most',
        figure: ms(Math.max(...vethlab.map(({ blockedMs }) => blockedMs))),
        beside: '',
        target: '25 ms',
      });
      rows.push({
        what: 'Agent memory with 1,000 nodes',
        figure: megabytes(median(vethlab.map(({ rssBytes }) => rssBytes))),
        beside: '',
        target: 'under 100 MB',
      });
    }
    result[`star${hosts}`] = { vethlab, ipBatchMs: batch, mininetMs: mininet };
  }
  return result;
};
