import type { LabId } from '@vethlab/protocol';

/** Leaves room for a number behind it: ids have at most 63 characters. */
const slugMaxLength = 50;

/** An id, also the name of the file, made of a lab's name: `Two subnets & a router` → `two-subnets-a-router`. */
export function makeLabId(name: string, isTaken: (id: LabId) => boolean): LabId {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugMaxLength)
    .replace(/^-+|-+$/g, '');
  const base = slug === '' ? 'lab' : slug;
  if (!isTaken(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`;
    if (!isTaken(id)) return id;
  }
}
