// vectors: vectors.json through a kit's own judgement.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, ok } from '../tap.mjs';
import { driverOf, run } from './kit.mjs';

const table = JSON.parse(readFileSync(new URL('vectors.json',
	import.meta.url), 'utf8'));
const { accepted, asked, keys, kept_revision: revision } = table;

const line = ({ name, jws }) => [name,
	accepted.map((key) => keys[key].raw).join(','), asked.product,
	asked.serial, asked.instance, asked.nonce, revision,
	Buffer.from(jws).toString('base64')].join('\t') + '\n';

const wanted = ({ name, accept, test }) =>
	`${name}\t${test ? 'test' : accept ? 'accept' : 'refuse'}`;

export async function vectors(kit) {
	const file = join(process.env.LAB, `vectors-${kit}`);
	writeFileSync(file, table.vectors.map(line).join(''));
	const { out, err, code } = await run([driverOf(kit), 'vectors', file]);
	const got = out.split('\n').filter(Boolean);
	const wrong = table.vectors.map(wanted).filter((text, i) =>
		text !== got[i]);
	ok(wrong.length === 0 && got.length === table.vectors.length,
		`${kit}: all ${table.vectors.length} vectors`,
		`wanted, but not so: ${wrong.slice(0, 9).join('; ')}`);
	is(`${code} ${err}`, '0 ', `${kit}: without a word of error`);
}
