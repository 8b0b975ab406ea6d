import type { DiagnosticCode } from './diagnostic-codes.js';
import {
  firstVrfTable,
  maximumCoordinate,
  maximumIntervalMs,
  maximumMetric,
  maximumMtu,
  maximumPort,
  maximumTable,
  maximumVlan,
  minimumIntervalMs,
  minimumMtu,
  reservedTables,
} from './limits.js';
import type { Mac } from './names.js';
import { type Parsed, type Problem, quoted, refused } from './problem.js';

/** A link-layer address; the result is lower case with colons. Group addresses are refused: no interface may send from one (IEEE 802). */
export function parseMac(text: string): Parsed<Mac> {
  const digits = /^[0-9a-f]{12}$/i.test(text.replace(/[:.-]/g, '')) ? text.replace(/[:.-]/g, '').toLowerCase() : null;
  const canonical = digits?.match(/../g)?.join(':');
  if (!/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(text)) {
    const detail = `${quoted(text)} is not six pairs of hexadecimal digits with colons between.`;
    return refused('mac.syntax', detail, usableMac(canonical));
  }
  const mac = text.toLowerCase();
  if (mac === '00:00:00:00:00:00')
    return refused('mac.zero', 'The kernel refuses a MAC of zeros only.', usableMac(mac));
  if (Number.parseInt(mac.slice(0, 2), 16) & 1) {
    const detail = `${mac} has the group bit set (the first pair is odd); no interface can send from it.`;
    return refused('mac.multicast', detail, usableMac(mac));
  }
  return { ok: true, value: mac as Mac };
}

function usableMac(mac: string | undefined): string {
  if (mac === undefined || mac === '00:00:00:00:00:00') return '02:00:00:00:00:01';
  const first = Number.parseInt(mac.slice(0, 2), 16) & 0xfe;
  const offer = `${first.toString(16).padStart(2, '0')}${mac.slice(2)}`;
  return offer === '00:00:00:00:00:00' ? '02:00:00:00:00:01' : offer;
}

/** Text of an interval to milliseconds: `500ms`, `1s`, `1.5s`. */
export function parseInterval(text: string): Parsed<number> {
  const match = /^(\d{1,7}(?:\.\d{1,3})?)(ms|s)$/.exec(text);
  if (match === null) {
    const offer = /^\d{1,7}$/.test(text) ? clampInterval(Number(text)) : '1s';
    return refused('probe.interval', `${quoted(text)} is not an interval: write a number with ms or s.`, offer);
  }
  // Three digits after the point are exact again after rounding: 1.001 * 1000 is not 1001 in binary.
  const ms = Math.round(Number(match[1]) * (match[2] === 's' ? 1000 : 1) * 1000) / 1000;
  const problem = intervalProblem(ms);
  return problem === null ? { ok: true, value: ms } : { ok: false, problem };
}

/** Shortest text of an interval: whole seconds as `s`, everything else as `ms`. */
export function formatInterval(intervalMs: number): string {
  return intervalMs % 1000 === 0 ? `${intervalMs / 1000}s` : `${intervalMs}ms`;
}

/** Why this interval cannot be used; null when it can. */
export function intervalProblem(ms: number): Problem | null {
  if (Number.isInteger(ms) && ms >= minimumIntervalMs && ms <= maximumIntervalMs) return null;
  const value = clampInterval(ms);
  const detail = Number.isInteger(ms)
    ? `${ms} ms is outside 100ms to 3600s.`
    : `${ms} ms is not a whole number of milliseconds.`;
  return { code: 'probe.interval', detail, fix: { label: `Use ${value}`, value } };
}

/** Why this MTU cannot be used; null when it can. Bytes. */
export function mtuProblem(mtu: number): Problem | null {
  if (Number.isInteger(mtu) && mtu >= minimumMtu && mtu <= maximumMtu) return null;
  const value = String(mtu > maximumMtu ? maximumMtu : mtu < minimumMtu ? minimumMtu : 1500);
  const detail = `${mtu} is not a whole number from ${minimumMtu} to ${maximumMtu}.`;
  return { code: 'mtu.range', detail, fix: { label: `Use ${value}`, value } };
}

/** Why this metric cannot be used; null when it can. */
export function metricProblem(metric: number): Problem | null {
  if (Number.isInteger(metric) && metric >= 0 && metric <= maximumMetric) return null;
  const detail = `${metric} is not a whole number from 0 to ${maximumMetric}.`;
  return { code: 'route.metric', detail, fix: { label: 'Use 100', value: '100' } };
}

/** Why this cannot be the number of a VLAN; null when it can. */
export function vlanProblem(id: number): Problem | null {
  if (Number.isInteger(id) && id >= 1 && id <= maximumVlan) return null;
  const detail = `${id} is not a whole number from 1 to ${maximumVlan}; 0 and 4095 are reserved.`;
  return { code: 'vlan.id', detail, fix: { label: 'Use 10', value: '10' } };
}

/** Why this cannot be a port; null when it can. */
export function portProblem(port: number): Problem | null {
  if (Number.isInteger(port) && port >= 1 && port <= maximumPort) return null;
  const detail = `${port} is not a whole number from 1 to ${maximumPort}.`;
  return { code: 'port.range', detail, fix: { label: 'Use 80', value: '80' } };
}

/** Why this coordinate cannot be used; null when it can. Pixels at zoom 1. */
export function coordinateProblem(coordinate: number): Problem | null {
  if (Number.isFinite(coordinate) && Math.abs(coordinate) <= maximumCoordinate) return null;
  const detail = `${coordinate} is not a number from -${maximumCoordinate} to ${maximumCoordinate}.`;
  return { code: 'canvas.position', detail, fix: { label: 'Use 0', value: '0' } };
}

/** Why this is no whole number of a range; null when it is one. The offer is the nearest one that is. */
export function rangeProblem(code: DiagnosticCode, value: number, lowest: number, highest: number): Problem | null {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return null;
  const near = String(Number.isFinite(value) ? Math.min(Math.max(Math.round(value), lowest), highest) : lowest);
  const detail = `${value} is not a whole number from ${lowest} to ${highest}.`;
  return { code, detail, fix: { label: `Use ${near}`, value: near } };
}

/** Why this cannot be the table of a VRF; null when it can. */
export function tableProblem(table: number): Problem | null {
  const problem = rangeProblem('vrf.table', table, 1, maximumTable);
  if (problem !== null) return problem;
  if (!reservedTables.includes(table)) return null;
  const name = table === 254 ? 'main' : table === 255 ? 'local' : 'default';
  const detail = `Table ${table} is the kernel's own table "${name}"; everything outside of VRFs uses it.`;
  return { code: 'vrf.table-reserved', detail, fix: { label: `Use ${firstVrfTable}`, value: String(firstVrfTable) } };
}

function clampInterval(ms: number): string {
  const whole = Number.isFinite(ms) ? Math.round(ms) : 1000;
  return formatInterval(Math.min(Math.max(whole, minimumIntervalMs), maximumIntervalMs));
}
