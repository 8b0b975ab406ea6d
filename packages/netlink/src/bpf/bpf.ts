/** Operations of classic BPF (linux/filter.h) that the filters of this package use. X is the index register. */
export const BPF = {
  loadByte: 0x30,
  loadHalf: 0x28,
  loadByteAtX: 0x50,
  loadHalfAtX: 0x48,
  /** X = four times the low half of the byte: the length of an IPv4 header. */
  loadHeaderLengthToX: 0xb1,
  and: 0x54,
  shiftLeft: 0x64,
  addX: 0x0c,
  copyToX: 0x07,
  ifEqual: 0x15,
  ifGreater: 0x25,
  ifAtLeast: 0x35,
  /** Whether any of these bits is set. */
  ifAnyBit: 0x45,
  /** Ends the filter: how many bytes of the packet to keep; 0 drops it. */
  keep: 0x06,
} as const;

/** One line of a filter. A test goes to the line labelled `yes` or `no`; without a label, to the next line. */
export interface FilterLine {
  readonly label?: string;
  readonly operation: (typeof BPF)[keyof typeof BPF];
  readonly operand: number;
  readonly yes?: string;
  readonly no?: string;
}

const INSTRUCTION_BYTES = 8;

/** Translates a filter into struct sock_filter[]. Jumps only go forward, as the kernel demands. */
export function assemble(lines: readonly FilterLine[]): Buffer {
  const labels = new Map<string, number>();
  lines.forEach((line, index) => {
    if (line.label !== undefined) labels.set(line.label, index);
  });
  const distance = (index: number, label: string | undefined): number => {
    if (label === undefined) return 0;
    const target = labels.get(label);
    if (target === undefined || target <= index) throw new Error(`the filter has no label ${label} further down`);
    return target - index - 1;
  };
  const code = Buffer.alloc(lines.length * INSTRUCTION_BYTES);
  lines.forEach((line, index) => {
    const at = index * INSTRUCTION_BYTES;
    code.writeUInt16LE(line.operation, at);
    code.writeUInt8(distance(index, line.yes), at + 2);
    code.writeUInt8(distance(index, line.no), at + 3);
    code.writeUInt32LE(line.operand, at + 4);
  });
  return code;
}
