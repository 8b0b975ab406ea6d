/**
 * What a lab is called on this machine: its id and, behind an `@`, which data folder its file is in. Two folders may each have
 * a lab of one id. Without the second part: a lab of this id, whichever data folder runs it first.
 */
const keyPattern = /^[a-z0-9][a-z0-9-]{0,62}(@[0-9a-f]{8})?$/;

/** Only these are put into paths. @throws RangeError for what names no lab */
export function checkLabKey(lab: string): string {
  if (!keyPattern.test(lab)) throw new RangeError(`${JSON.stringify(lab)} is no id of a lab`);
  return lab;
}

/** The id, as in the lab's address and the name of its file. */
export function idOfKey(lab: string): string {
  return lab.split('@')[0] ?? lab;
}

/** Whether what is written down for `owner` is this lab's. */
export function isOfLab(lab: string, owner: string | null): boolean {
  return owner === lab || owner === idOfKey(lab);
}

/** Another lab, for people who look at `lab`. */
export function labText(other: string, lab: string): string {
  const [id = other, folder] = other.split('@');
  return folder === undefined || folder === lab.split('@')[1] ? id : `${id} of another data folder`;
}
