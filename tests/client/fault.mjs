// fault: what can go wrong between shop and program, byte by byte. Each fault
// gets the connection, with the question read, and the right answer.

import { randomBytes } from 'node:crypto';
import { forged } from './answer.mjs';

const type = 'Content-Type: application/jose\r\n';

// A whole answer of HTTP.
export function http(status, body, headers = type) {
	const bytes = Buffer.from(body);
	return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Word\r\n${headers}` +
		`Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`),
	bytes]);
}

const whole = (make) => (line, answer) => line.end(make(answer));

function chunks(body) {
	const parts = body.match(/.{1,100}/gs);
	return `HTTP/1.1 200 OK\r\n${type}Transfer-Encoding: chunked\r\n` +
		'Connection: close\r\n\r\n' +
		parts.map((p) => `${p.length.toString(16)}\r\n${p}\r\n`).join('') +
		'0\r\n\r\n';
}

// Goes on until the other side has had enough.
function endless(line, piece, pause) {
	const timer = setInterval(() => {
		if (line.writableLength < 1 << 20)
			line.write(piece);
	}, pause);
	line.on('close', () => clearInterval(timer));
}

function drip(line, answer) {
	const bytes = http(200, answer.jws);
	let sent = 0;
	const timer = setInterval(() => {
		line.write(bytes.subarray(sent, sent + 1));
		if (++sent === bytes.length)
			line.end();
	}, 50);
	line.on('close', () => clearInterval(timer));
}

function late(line, answer, milliseconds) {
	const timer = setTimeout(() => line.end(http(200, answer.jws)),
		milliseconds);
	line.on('close', () => clearTimeout(timer));
}

const cut = (part) => (line, answer) => {
	const bytes = http(200, answer.jws);
	line.end(bytes.subarray(0, part(bytes)));
};

// Some say when to come again, in seconds.
const status = (code, retry) => whole((answer) => {
	const when = answer.retry ?? retry;
	return http(code, answer.jws,
		type + (when ? `Retry-After: ${when}\r\n` : ''));
});

// Answers that are right, in every form HTTP allows.
export const good = {
	'as it should be': whole((a) => http(200, a.jws)),
	'in chunks': whole((a) => chunks(a.jws)),
	'until the end of the line': whole((a) =>
		`HTTP/1.0 200 OK\r\n\r\n${a.jws}`),
	'blanks around it': whole((a) => http(200, `\r\n ${a.jws}\r\n`)),
	'a wrong content type': whole((a) => http(200, a.jws,
		'Content-Type: text/html; charset=Shift_JIS\r\n')),
	'a little late': (line, a) => late(line, a, 300),
	'the second key': whole((a) => http(200, a.jws)),
};

export const wire = {
	'nothing comes': () => {},
	'ten seconds late': (line, a) => late(line, a, 11000),
	'a byte now and then': drip,
	'closed without a word': (line) => line.end(),
	'reset': (line) => line.resetAndDestroy(),
	'cut in the header': cut(() => 40),
	'cut before the body': cut((b) => b.indexOf('\r\n\r\n') + 4),
	'cut in the body': cut((b) => b.length - 20),
	'not HTTP': whole(() => randomBytes(300)),
	'a body of random bytes': whole(() => http(200, randomBytes(300))),
	'an empty body': whole(() => http(200, '')),
	'a body without end': (line) => {
		line.write(`HTTP/1.1 200 OK\r\n${type}\r\n`);
		endless(line, 'A'.repeat(8192), 5);
	},
	'a header without end': (line) => {
		line.write('HTTP/1.1 200 OK\r\n');
		endless(line, `X-Word: ${'A'.repeat(4000)}\r\n`, 5);
	},
	'a body too long': whole((a) => http(200, a.jws + ' '.repeat(65600))),
	'a portal': whole(() => http(200, '<!DOCTYPE html><title>Log in</title>' +
		'<p>result=OK result=NG</p>', 'Content-Type: text/html\r\n')),
	'302 to a good answer': whole((a) => http(302, a.jws,
		`Location: ${a.elsewhere}\r\n`)),
	'307 to a good answer': whole((a) => http(307, a.jws,
		`Location: ${a.elsewhere}\r\n`)),
	'400': status(400),
	'404': status(404),
	'429 with Retry-After': status(429, 60),
	'500': status(500),
	'503 with Retry-After': status(503, 30),
};

export const content = Object.fromEntries(Object.entries(forged).map(
	([name, make]) => [name, whole((a) => http(200, make(a.payload)))]));

export const faults = { ...good, ...wire, ...content };
