import { describe, expect, it } from 'vitest';
import { AnswerSheet } from './answer-sheet.js';
import { newNsid } from './requests/nsid.js';

const requests = [1, 2, 3].map((nsid) => newNsid({ namespaceFd: 3, nsid }));
const done = { errno: 0, text: null };

describe('the answers to a batch', () => {
  it('count silence as done once the last request is answered', () => {
    const sheet = new AnswerSheet(requests, 10);
    expect(sheet.record(11, { errno: 17, text: 'Taken' })).toBe(true);
    expect(sheet.complete).toBe(false);
    expect(sheet.record(12, done)).toBe(true);
    expect(sheet.complete).toBe(true);
    const [first, second, third] = sheet.answers();
    expect([first?.ok, third?.ok]).toEqual([true, true]);
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'EEXIST', kernelMessage: 'Taken', syscall: 'RTM_NEWNSID 2' },
    });
  });

  it('never count silence as done when answers were lost', () => {
    const cut = new AnswerSheet(requests, 10);
    cut.record(10, done);
    expect(cut.answers().map((answer) => answer.ok || answer.error.code)).toEqual([true, 'ENOBUFS', 'ENOBUFS']);
    const lossy = new AnswerSheet(requests, 10);
    lossy.loseAnswers();
    lossy.record(12, done);
    expect(lossy.answers().map((answer) => answer.ok || answer.error.code)).toEqual(['ENOBUFS', 'ENOBUFS', true]);
  });

  it('leave others’ answers alone, also where sequence numbers begin anew', () => {
    const sheet = new AnswerSheet(requests, 0xffff_ffff);
    expect(sheet.record(0xffff_fffe, done)).toBe(false);
    expect(sheet.record(2, done)).toBe(false);
    expect(sheet.record(0, { errno: 1, text: null })).toBe(true);
    expect(sheet.record(1, done)).toBe(true);
    expect(sheet.answers().map((answer) => answer.ok)).toEqual([true, false, true]);
  });
});
