/** The rows of "Bad inputs" in the design that touch the document: for files and for edits alike. */
export interface BadInput {
  readonly row: string;
  readonly value: string | number;
  readonly code: string;
}

const rows = (row: string, code: string, ...values: readonly (string | number)[]): BadInput[] =>
  values.map((value) => ({ row, value, code }));

export const badIfnames: readonly BadInput[] = [
  ...rows('16 bytes', 'name.length', 'abcdefghijklmnop'),
  ...rows('a pattern of the kernel', 'name.syntax', 'br%d', '%d', 'eth%'),
  ...rows('a name with a meaning', 'name.reserved', 'all', 'default', 'lo', 'constructor', 'toString', 'valueOf'),
  ...rows('an option', 'name.syntax', '-h', '--help'),
  ...rows('a command', 'name.syntax', '$(id)', '`id`', 'a;b', 'a b', 'a/b', '../x', '.', '..'),
  ...rows('quotes', 'name.syntax', '"', "'", 'a"b'),
  ...rows('control characters', 'name.syntax', 'a\nb', 'a\u0000b', 'a\u001b[2J', '\t'),
  ...rows('not ASCII', 'name.syntax', 'é', 'e\u0301', 'ｅth0', 'eth\u202e0'),
  ...rows('empty', 'name.syntax', ''),
  ...rows('a property of objects', 'name.reserved', '__proto__', 'hasOwnProperty', 'isPrototypeOf'),
];

export const badNodeNames: readonly BadInput[] = [
  ...rows('a path', 'name.syntax', '../x', '.', '..', 'a/b', '/etc'),
  ...rows('spaces and line ends', 'name.syntax', 'a b', 'a\nb', 'a\r', ' a'),
  ...rows('33 characters', 'name.length', 'a'.repeat(33)),
  ...rows(
    'a property of objects',
    'name.reserved',
    '__proto__',
    'constructor',
    'toLocaleString',
    'propertyIsEnumerable',
  ),
  ...rows('not ASCII', 'name.syntax', 'hôte', 'ho\u0302te'),
  ...rows('an option or command', 'name.syntax', '-n', '$(id)', 'a:b', 'a>b', '%x', ''),
];

export const badAddresses: readonly BadInput[] = [
  ...rows('leading zeros', 'address.leading-zero', '010.0.0.9/24', '10.0.0.09/24'),
  ...rows('short forms', 'address.short-form', '10.1/24', '10/8', '1.2.3/24'),
  ...rows('hexadecimal', 'address.hexadecimal', '0x0a.1.1.1/8', '0x0a010101/8'),
  ...rows(
    'prefix length',
    'address.prefix-range',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/',
    '1.2.3.4/024',
    'fd00::1/129',
    '10.0.0.1/0',
  ),
  ...rows('no prefix length', 'address.prefix-missing', '1.2.3.4', 'fd00::1'),
  ...rows('zone id', 'address.zone', 'fe80::1%eth0/64', '10.0.0.1%eth0/24'),
  ...rows('network', 'address.network', '10.0.0.0/24', '192.168.1.128/25', 'fd00::/64'),
  ...rows('broadcast', 'address.broadcast', '10.0.0.255/24', '255.255.255.255/32', '10.0.0.3/30'),
  ...rows('multicast', 'address.multicast', '224.0.0.1/24', '239.1.1.1/32', 'ff02::1/64'),
  ...rows('unspecified', 'address.unspecified', '0.0.0.0/0', '0.1.2.3/8', '::/0', '::/128'),
  ...rows('loopback on a veth', 'address.loopback', '127.0.0.1/8', '127.9.9.9/32', '::1/128'),
  ...rows('IPv4 in IPv6', 'address.mapped', '::ffff:10.0.0.1/120', '::10.0.0.1/120'),
  ...rows(
    'no address',
    'address.syntax',
    'localhost/24',
    '1.2.3.4.5/24',
    '256.1.1.1/24',
    '1::2::3/64',
    '12345::1/64',
    'x',
    '',
    '/24',
  ),
];

export const badMacs: readonly BadInput[] = [
  ...rows('bad digits', 'mac.syntax', '02:00:00:00:00:0g', '02:00:00:00:00', '020000000001', '02-00-00-00-00-01', ''),
  ...rows('group address', 'mac.multicast', '01:00:5e:00:00:01', 'ff:ff:ff:ff:ff:ff', '03:00:00:00:00:01'),
  ...rows('zeros', 'mac.zero', '00:00:00:00:00:00'),
];

export const badMtus: readonly BadInput[] = [...rows('out of range', 'mtu.range', 67, 65_536, 0, -1, 1500.5)];

export const badIntervals: readonly BadInput[] = [
  ...rows('no interval', 'probe.interval', '1', '1m', 'soon', '', '-1s', '1e3ms', '0s', '99ms', '3601s', '0.5ms'),
];

export const badCommandNames: readonly BadInput[] = [
  ...rows('a path or an option', 'name.syntax', '../x', '/bin/sh', '-h', '.'),
  ...rows('spaces and line ends', 'name.syntax', 'a b', 'a\nb', ''),
  ...rows('33 characters', 'name.length', 'a'.repeat(33)),
  ...rows('a property of objects', 'name.reserved', '__proto__', 'constructor'),
  ...rows('a command', 'name.syntax', '$(id)', 'a;b', 'a:b'),
];

export const badArguments: readonly BadInput[] = [
  ...rows('a zero byte', 'command.argument', 'a\u0000b', '\u0000'),
  ...rows('half a surrogate pair', 'command.argument', '\ud800', 'a\udc00'),
  ...rows('4,097 bytes', 'command.argument', 'a'.repeat(4097), 'é'.repeat(2049)),
];
