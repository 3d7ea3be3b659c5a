// conformance: every client kit before every fault; see fcgi/client/RULES.

import { existsSync } from 'node:fs';
import { finish, ok } from '../tap.mjs';
import { driverOf, past } from './kit.mjs';
import { rule } from './rule.mjs';
import { open } from './shop.mjs';
import { table } from './table.mjs';
import { vectors } from './vectors.mjs';

const kits = process.argv.slice(2);

await open(process.env.LAB, past);
for (const kit of kits) {
	if (!existsSync(driverOf(kit))) {
		ok(false, `${kit}: has a driver`);
		continue;
	}
	const began = Date.now();
	await Promise.all([vectors(kit), table(kit), rule(kit)]);
	console.log(`# ${kit}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
finish();
