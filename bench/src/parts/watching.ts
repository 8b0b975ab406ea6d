import { measureCounters } from '../counters.js';
import { measureLiveTab } from '../live-tab.js';
import type { BenchPart } from '../part.js';
import { measureReach } from '../reach.js';
import { ms } from '../table.js';

/** What it costs to look: the live tab, counters, and pings from everybody to everybody. */
export const measureWatching: BenchPart = async ({ rows, say }) => {
  say('the live tab');
  const liveTab = await measureLiveTab(200);
  rows.push({
    what: 'Live tab of one host in a lab of 200, all sections open, nft included: server and agent',
    figure: `${liveTab.hostPercent.toFixed(1)} % of a core`,
    beside: `the agent ${liveTab.hostAgentPercent.toFixed(1)} %; of the router with 200 interfaces ${liveTab.routerPercent.toFixed(1)} %, the agent ${liveTab.routerAgentPercent.toFixed(1)} %`,
    target: 'under 5 %',
  });
  say('counters');
  const counters = await measureCounters(1000);
  rows.push({
    what: 'Counters of 1,000 namespaces once a second',
    figure: `${counters.corePercent.toFixed(1)} % of a core, sweep ${ms(counters.sweepMs)}`,
    beside: '',
    target: 'under 10 %',
  });
  const reach = [];
  for (const hosts of [50, 100]) {
    say(`reach of ${hosts}`);
    const figures = await measureReach(hosts);
    reach.push(figures);
    rows.push({
      what: `Reach, ${hosts} hosts (${figures.pairs} pairs)`,
      figure: `${ms(figures.ms)}, ${figures.answered} answered`,
      beside: '',
      target: hosts === 100 ? 'under 2 s' : '',
    });
  }
  return { liveTab, counters, reach };
};
