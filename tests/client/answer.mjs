// answer: signed answers as the shop's, by keys of the tests' own, and every
// way in which one can be wrong.

import { createHash, createHmac, createPublicKey,
	generateKeyPairSync, sign as edSign } from 'node:crypto';

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

// A pair { secret, raw, kid }; raw as it stands in kagiya-license.ini.
function pairOf(secret) {
	const raw = createPublicKey(secret).export({ format: 'jwk' }).x;
	const kid = createHash('sha256').update(Buffer.from(raw, 'base64url'))
		.digest().subarray(0, 8);
	return { secret, raw, kid: base64url(kid) };
}

const newPair = () => pairOf(generateKeyPairSync('ed25519').privateKey);

export const pairs = { first: newPair(), second: newPair(),
	stranger: newPair() };

export const day = 86400;
export const dateOf = (time) => new Date(time * 1000).toISOString().slice(0, 10);

// The payload for a question as the shop would make it at `now`.
export function payloadOf(question, result, now, fields = {}) {
	const ok = result === 'OK';
	return { result, code: ok ? 'VALID' : 'PAYMENT_OVERDUE', key: 'valid',
		permission: ok ? 0 : 1, product: question.product,
		serial: question.serial, instance: question.instance, users: 5,
		nonce: question.nonce, trial_end: '', ng_from: '', iat: now,
		next_check: now + (ok ? day : 2),
		cache_until: now + (ok ? 7 * day : 2),
		grace_until: now + (ok ? 14 * day : 2), revision: 5,
		latest: '2.0', notices: 0, text: 'ライセンス "A" は\\有効です。',
		url: 'https://shop.example/license?serial=2026-0001', ...fields };
}

export function sign(payload, pair = pairs.first, head = {}) {
	const input = base64url(JSON.stringify({ alg: 'EdDSA', kid: pair.kid,
		typ: 'kagiya-check', ...head })) + '.' +
		base64url(JSON.stringify(payload));
	return input + '.' + base64url(edSign(null, Buffer.from(input),
		pair.secret));
}

// The same payload under another header.
export const resigned = (jws, head) => sign(JSON.parse(Buffer.from(
	jws.split('.')[1], 'base64url')), pairs.first, head);

// One bit of the bytes of that part.
function flip(jws, part, bit) {
	const parts = jws.split('.');
	const bytes = Buffer.from(parts[part], 'base64url');
	bytes[bit >> 3] ^= 1 << (bit & 7);
	parts[part] = base64url(bytes);
	return parts.join('.');
}

function hmac(payload, pair) {
	const input = sign(payload, pair, { alg: 'HS256' }).split('.')
		.slice(0, 2).join('.');
	return input + '.' + createHmac('sha256', Buffer.from(pair.raw,
		'base64url')).update(input).digest('base64url');
}

const lines = (payload) => payload.result + '\n' +
	Object.entries(payload).map(([k, v]) => `${k}=${v}\n`).join('');

// NAME: (payload) => body. Each carries the payload, but not as it should.
export const forged = {
	'another nonce': (p) => sign({ ...p, nonce: 'A'.repeat(32) }),
	'a lower revision': (p) => sign({ ...p, revision: p.revision - 1 }),
	'another product': (p) => sign({ ...p, product: 'wiki' }),
	'another serial': (p) => sign({ ...p, serial: '2026-0002' }),
	'another instance': (p) => sign({ ...p, instance: 'z'.repeat(26) }),
	'a bit of the header': (p) => flip(sign(p), 0, 9),
	'a bit of the payload': (p) => flip(sign(p), 1, 99),
	'a bit of the signature': (p) => flip(sign(p), 2, 300),
	'a stranger signs': (p) => sign(p, pairs.stranger),
	'a stranger uses our kid': (p) => sign(p, pairs.stranger,
		{ kid: pairs.first.kid }),
	'an unknown kid': (p) => sign(p, pairs.first, { kid: 'AAAAAAAAAAA' }),
	'alg none': (p) => sign(p, pairs.first, { alg: 'none' })
		.replace(/[^.]*$/, ''),
	'alg HS256': (p) => hmac(p, pairs.first),
	'typ of a job': (p) => sign(p, pairs.first, { typ: 'kagiya-job' }),
	'typ of a test': (p) => sign(p, pairs.first, { typ: 'kagiya-check-test' }),
	'no signature': (p) => JSON.stringify(p),
	'unsigned lines': (p) => lines(p),
	'lines with a signature': (p) => lines(p) + `jws=${sign(p)}\n`,
	'a field lacks': ({ notices, ...p }) => sign(p),
};
