// strangers: answers on standard input, one a line; npm's jose takes each and
// refuses it with a bit changed. usage: node strangers.mjs MODULES X SAMPLE
// prints GOOD TRIED TAKEN
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, x, sample] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { compactVerify, importJWK } = await import(
    pathToFileURL(require.resolve('jose')));
const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');

async function takes(jws) {
	try {
		const { protectedHeader } = await compactVerify(jws, key,
		    { algorithms: ['EdDSA'] });
		return protectedHeader.typ === 'kagiya-check';
	} catch {
		return false;
	}
}

let good = 0, tried = 0, taken = 0;
for (const jws of readFileSync(0, 'latin1').split('\n').filter(Boolean)) {
	good += await takes(jws);
	for (let i = 0; i < Number(sample); i++) {
		const bytes = Buffer.from(jws, 'latin1');
		const bit = Math.floor(Math.random() * bytes.length * 8);
		bytes[bit >> 3] ^= 1 << (bit & 7);
		// base64url has bits that mean nothing; jose passes over them
		if (bit >> 3 === bytes.length - 1)
			continue;
		tried++;
		taken += await takes(bytes.toString('latin1'));
	}
}
console.log(`${good} ${tried} ${taken}`);
