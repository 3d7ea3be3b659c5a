// sample: the sample pages of licenses and jobs as people see them: nothing for
// axe to find (WCAG 2.2 AA) and no scrolling sideways, on a phone as on a desk,
// with every fold open. argv: the rendered pages.

import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { axe, finish, is, open } from './browser.mjs';

const sizes = { desk: { width: 1280, height: 900 },
	phone: { width: 375, height: 740 } };
// Each language on one of the two: words and width are what they differ in.
const seen = { ja: 'desk', en: 'phone' };

const wide = () => {
	const root = document.documentElement;
	return root.scrollWidth > root.clientWidth
		? `${root.scrollWidth} of ${root.clientWidth}` : '';
};

async function look(page, file) {
	const name = basename(file, '.html');
	await page.goto(pathToFileURL(file).href);
	await page.evaluate(() => {
		for (const fold of document.querySelectorAll('details'))
			fold.open = true;
	});
	is(await axe(page), '', `${name}: nothing for axe`);
	is(await page.evaluate(wide), '', `${name}: not wider than the screen`);
}

for (const [language, size] of Object.entries(seen)) {
	const { browser, page } = await open(language, sizes[size]);
	for (const file of process.argv.slice(2)
		.filter((name) => name.endsWith(`.${language}.html`)))
		await look(page, file);
	await browser.close();
}
finish();
