import type { CommandName, NodeName, VrfName } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { commandEdit, vrfChoices } from './command-edit';

const [node, name, red] = ['r1' as NodeName, 'web' as CommandName, 'red' as VrfName];
const rest = { run: ['id'], start: 'with-lab', restart: 'never' } as const;

describe('the edit of a command', () => {
  it('makes a new one, in a VRF or in none, named or not', () => {
    expect(commandEdit({ node, name: null, title: '', vrf: null, ...rest })).toEqual({
      type: 'add-command',
      node,
      ...rest,
    });
    expect(commandEdit({ node, name: null, title: ' web ', vrf: red, ...rest })).toEqual({
      type: 'add-command',
      node,
      name,
      vrf: red,
      ...rest,
    });
  });

  it('says the VRF of one that is there, and that it is in none', () => {
    expect(commandEdit({ node, name, title: 'web', vrf: red, ...rest })).toMatchObject({ vrf: 'red' });
    expect(commandEdit({ node, name, title: 'web', vrf: null, ...rest })).toMatchObject({ vrf: null });
    expect(commandEdit({ node, name, title: 'other', vrf: red, ...rest })).toMatchObject({
      type: 'batch',
      edits: [
        { type: 'set-command', vrf: 'red' },
        { type: 'rename-command', to: 'other' },
      ],
    });
  });
});

describe('the VRFs that a form offers', () => {
  it('are those of the node, none first', () => {
    const vrf = { table: 100, interfaces: [], routes: [] };
    expect(vrfChoices({ vrfs: { red: vrf, blue: vrf } }, null)).toEqual([
      ['', 'none'],
      ['red', 'red'],
      ['blue', 'blue'],
    ]);
  });

  it('are not asked for in a node that has none, unless the command is in one that is gone', () => {
    expect(vrfChoices({}, null)).toBeNull();
    expect(vrfChoices({}, red)).toEqual([['', 'none']]);
  });
});
