// conformance: every client kit before every fault; see fcgi/client/RULES.

import { existsSync } from 'node:fs';
import { finish, ok } from '../tap.mjs';
import { hard, many } from './hard.mjs';
import { driverOf, past } from './kit.mjs';
import { rule } from './rule.mjs';
import { open } from './shop.mjs';
import { table } from './table.mjs';
import { vectors } from './vectors.mjs';

const kits = process.argv.slice(2);

await open(process.env.LAB, past);
const there = kits.filter((kit) => existsSync(driverOf(kit)));
for (const kit of kits)
	ok(there.includes(kit), `${kit}: has a driver`);
const all = [vectors, table, rule, hard];
await Promise.all(there.flatMap((kit) => all.map((part) => part(kit))));
for (const kit of there)
	await many(kit);
finish();
