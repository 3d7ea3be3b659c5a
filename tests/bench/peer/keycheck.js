// The key check as Node would serve it: fastify, mysql2 with a pool and
// prepared statements, Ed25519 by node:crypto. Listens on the socket given;
// settings by environment, as the PHP peer's. No trace of the check is kept.
import { createHmac, createPrivateKey, sign, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import mysql from 'mysql2/promise';

const DAY = 86400;
const WANTED = ['v', 'product', 'serial', 'instance', 'key', 'version', 'nonce',
	'why'];
const LICENSE = 'SELECT l.serial, l.product, l.instance, l.status,'
	+ ' l.users, l.permission_code, l.key_digest, l.key_revoked, l.trial_end,'
	+ ' l.ng_from, l.invoice_no, l.suspended, l.paid, l.revision, s.model,'
	+ ' v.version AS latest, a.language, (SELECT COUNT(*) FROM notice n'
	+ '  WHERE n.account_id = l.account_id AND n.read_at IS NULL) AS unread'
	+ ' FROM license l JOIN software s ON s.software_id = l.software_id'
	+ ' JOIN account a ON a.account_id = l.account_id'
	+ ' LEFT JOIN version v ON v.version_id = s.latest_version_id'
	+ ' WHERE l.serial = ?';
const env = process.env;
const pool = mysql.createPool({
	socketPath: env.PEER_SOCKET, user: env.PEER_USER,
	password: env.PEER_PASSWORD, database: env.PEER_DATABASE,
	connectionLimit: 4, dateStrings: true, charset: 'utf8mb4',
});
const secret = Buffer.from(env.PEER_KEY_SECRET, 'hex');
const signer = createPrivateKey({
	key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'),
		Buffer.from(env.PEER_SEED, 'hex')]),
	format: 'der', type: 'pkcs8',
});
const head = Buffer.from('{"alg":"EdDSA","kid":"bench","typ":"kagiya-check"}')
	.toString('base64url');

const folded = (key) => key.replace(/[- ]/g, '').toUpperCase()
	.replace(/O/g, '0').replace(/[IL]/g, '1');

function judge(row, field, key) {
	if (row.product !== field.product) return ['NG', 'PRODUCT_MISMATCH'];
	if (row.instance !== field.instance) return ['NG', 'INSTANCE_MISMATCH'];
	if (row.status === 'U') return ['NG', 'UNINSTALLED'];
	if (row.suspended !== 0) return ['NG', 'SUSPENDED'];
	if (row.permission_code !== 0) return ['NG', 'PAYMENT_OVERDUE'];
	if (key === 'valid')
		return ['OK', row.invoice_no !== null && row.paid === 0 ?
			'PAYMENT_DUE' : 'VALID'];
	if (row.trial_end !== null &&
	    new Date().toISOString().slice(0, 10) <= row.trial_end)
		return ['OK', 'TRIAL'];
	return ['NG', 'KEY_UNKNOWN'];
}

function payloadOf(field, row, key, [result, code]) {
	const now = Math.floor(Date.now() / 1000);
	return Buffer.from(JSON.stringify({
		result, code, key, permission: row?.permission_code ?? 0,
		product: field.product, serial: field.serial,
		instance: field.instance, users: row?.users ?? 0, nonce: field.nonce,
		trial_end: row?.trial_end ?? '', ng_from: row?.ng_from ?? '', iat: now,
		next_check: now + DAY, cache_until: now + 7 * DAY,
		grace_until: now + 14 * DAY, revision: row?.revision ?? 0,
		latest: row?.latest ?? '', notices: row?.unread ?? 0,
		text: 'ご利用いただけます。',
		url: 'https://shop.example/license?serial='
			+ encodeURIComponent(field.serial),
	})).toString('base64url');
}

const app = fastify({ bodyLimit: 4096 });
app.addContentTypeParser('application/x-www-form-urlencoded',
	{ parseAs: 'string' },
	(request, body, done) => done(null, new URLSearchParams(body)));
app.post('/keycheck', async (request, reply) => {
	const field = {};
	for (const name of WANTED) {
		const all = request.body.getAll(name);
		if (all.length !== 1 || all[0].length > 200)
			return reply.code(400).send(`${name} is missing or wrong\n`);
		field[name] = all[0];
	}
	const [[row]] = await pool.execute(LICENSE, [field.serial]);
	const digest = createHmac('sha256', secret).update(folded(field.key))
		.digest();
	const key = row?.key_digest && timingSafeEqual(row.key_digest, digest) ?
		'valid' : 'wrong';
	const verdict = row ? judge(row, field, key) : ['NG', 'KEY_UNKNOWN'];
	const payload = payloadOf(field, row, key, verdict);
	const signature = sign(null, Buffer.from(`${head}.${payload}`), signer);
	reply.header('Content-Type', 'application/jose');
	reply.header('Cache-Control', 'no-store');
	return `${head}.${payload}.${signature.toString('base64url')}`;
});
await app.listen({ path: process.argv[2] });
