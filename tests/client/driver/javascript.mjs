// javascript: the JavaScript kit's driver, as fcgi/client/RULES tells.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answer, License }
	from '../../../fcgi/client/javascript/kagiya-license.js';

const words = ['RUN', 'STOP', 'KEPT', 'UNKNOWN'];
const mistake = 3;

function open(folder) {
	try {
		return new License(folder, { folder: join(folder, 'state'),
			caFile: process.env.KAGIYA_TEST_CA });
	} catch (error) {
		console.error(error.message);
		return null;
	}
}

async function drive(folder, why) {
	const license = open(folder);
	if (license === null)
		return mistake;
	if (why === 'activate')
		await license.activate(readFileSync(join(folder, 'key.txt'), 'utf8'));
	const decision = why === 'activate' ? license.standing() :
		await license.check();
	console.log(decision, decision === 'UNKNOWN' ? '-' :
		license.answer().code);
	return words.indexOf(decision);
}

function judge(line) {
	const [, keys, product, serial, instance, nonce, revision, bytes] = line;
	const answer = Answer.read(Buffer.from(bytes, 'base64').toString('latin1'),
		keys.split(',').map((key) => Buffer.from(key, 'base64url')));
	if (!answer?.isFor({ product, serial, instance }, nonce))
		return 'refuse';
	if (answer.isTest)
		return 'test';
	return answer.revision >= Number(revision) ? 'accept' : 'refuse';
}

function vectors(path) {
	for (const text of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
		const line = text.split('\t');
		console.log(`${line[0]}\t${judge(line)}`);
	}
	return 0;
}

const [first, second] = process.argv.slice(2);
process.exitCode = first === 'vectors' ? vectors(second) :
	await drive(first, second);
