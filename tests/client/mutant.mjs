// mutant: answers that the shop signed although they are not as they should
// be. The same ones at each run.

import { createHash, sign as edSign } from 'node:crypto';
import { pairs, payloadOf } from './answer.mjs';

export const question = { product: 'groupware', serial: '2026-0001',
	instance: 'abcdefghijklmnopqrstuvwxyz', nonce: 'A'.repeat(32) };

// Numbers below `most`, from SHA-256 in counter mode.
function chance(seed) {
	let count = 0;
	return (most) => createHash('sha256').update(`${seed} ${count++}`)
		.digest().readUInt32BE() % most;
}

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

// Head and payload are bytes, whatever they are.
function signed(head, payload) {
	const input = `${base64url(head)}.${base64url(payload)}`;
	return `${input}.${base64url(edSign(null, Buffer.from(input),
		pairs.first.secret))}`;
}

const head = () => JSON.stringify({ alg: 'EdDSA', kid: pairs.first.kid,
	typ: 'kagiya-check' });
const payload = () => JSON.stringify(payloadOf(question, 'OK', 1795305600,
	{ ng_from: '2027-01-31', trial_end: '2027-02-28' }));

// What may stand for a value, a sign, a word.
const values = ['0', '-0', '-1', '01', '1.0', '1e3', '1E0', '9007199254740991',
	'9007199254740993', '1e400', '99999999999999999999', '+1', '.5', '0x1',
	'true', 'null', '""', '"5"', '[]', '{}', '[1,[2,{"a":"b"}]]', '{"a":1}',
	'"\\u0041"', '"\\ud83d\\udd11"', '"\\ud83d"', '"\\udd11\\ud83d"',
	'"\\u004"', '"\\x41"', '"a\tb"', '"a\\tb"', '"\\/\\b\\f\\n\\r\\""',
	'"2027-02-31"', '"2027-13-01"', '"2027-1-1"', '"0000-00-00"',
	'"VALID "', '"valid"', '"鍵"', "'a'", 'NaN', 'Infinity', 'nul', '/**/1'];
const signs = ['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\n', '\t', '\f',
	'\u00a0', '\ufeff', '0', '-', '.', 'e', '/', '#', '\x7f', '\0', 'A'];
const bytes = [0xff, 0xc0, 0x80, 0xed, 0xf4, 0x00, 0x1f, 0x22, 0x5c];

const put = (text, at, more, cut = 0) =>
	text.slice(0, at) + more + text.slice(at + cut);

const ways = [
	(text, pick) => {
		const all = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|[^,}]+)/g)];
		const one = all[pick(all.length)];
		return put(text, one.index + 1, values[pick(values.length)],
			one[1].length);
	},
	(text, pick) => put(text, pick(text.length), signs[pick(signs.length)]),
	(text, pick) => put(text, pick(text.length), signs[pick(signs.length)], 1),
	(text, pick) => put(text, pick(text.length), '', 1 + pick(3)),
	(text, pick) => text.slice(0, pick(text.length)),
	(text, pick) => {
		const all = text.slice(1, -1).split(',');
		return put(text, text.length - 1, `,${all[pick(all.length)]}`);
	},
	(text, pick) => {
		const more = `"later":${values[pick(values.length)]}`;
		return pick(2) ? put(text, 1, `${more},`) :
			put(text, text.length - 1, `,${more}`);
	},
	(text, pick) => {
		const data = Buffer.from(text);
		data[pick(data.length)] = bytes[pick(bytes.length)];
		return data;
	},
	(text, pick) => {
		const all = [...text.matchAll(/"([a-z_]+)":/g)];
		const one = all[pick(all.length)];
		const code = one[1].charCodeAt(0).toString(16);
		return put(text, one.index + 1, `\\u00${code}`, 1);
	},
	(text) => text.replaceAll(',', ' ,\n').replaceAll(':', '\t:\r '),
];

export function* mutants(count) {
	const pick = chance('kagiya');
	for (let i = 0; i < count; i++) {
		const way = ways[i % ways.length];
		yield i % 7 === 6 ? signed(way(head(), pick), payload()) :
			signed(head(), way(payload(), pick));
	}
}

// Every answer that differs from a good one by a bit of the bytes on the wire.
export function* flips() {
	const jws = Buffer.from(signed(head(), payload()));
	for (let bit = 0; bit < jws.length * 8; bit++) {
		const other = Buffer.from(jws);
		other[bit >> 3] ^= 1 << (bit & 7);
		yield other;
	}
}

export const good = () => signed(head(), payload());
