// story: figures 13 and 15 in a real browser, once in each language: from the
// initial password to an area that is as it was before.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, demo, document, finish, is, mails, ok, open, send, until }
	from './browser.mjs';

const at = demo();
const shots = process.env.KAGIYA_SHOTS;

// Names of everything in the area, sorted.
function tree(area) {
	return readdirSync(join(at.KAGIYA_AREA_ROOT, area), { recursive: true })
		.filter((name) => !name.startsWith('.kagiya'))
		.sort().join('\n');
}

const buyer = {
	company: '株式会社○×', department: '営業部', contact: '鈴木',
	tel: '03-1234-5678', fax: '03-1234-5679', email: '1234@1234.co.jp',
	postcode: '100-0001', address1: '東京都', address2: '千代田区○○1-1-1',
	users: '30', payment_method: 'P',
};

async function story(language, login, password, directory) {
	// once as on a desk, once as on a phone
	const { browser, page } = await open(language,
		language === 'en' ? { width: 390, height: 844 } : undefined);
	const before = tree(login);
	const tell = (what) => `${language}: ${what}`;
	const go = (where) => page.goto(at.KAGIYA_URL + where);
	const shot = async (name) => {
		if (shots)
			await page.screenshot({ fullPage: true,
				path: join(shots, `${language}-${name}.png`) });
		is(await axe(page), '', tell(`${name} is accessible to all`));
		const wide = await page.evaluate(() =>
			document.documentElement.scrollWidth > window.innerWidth);
		ok(!wide, tell(`${name} fits its window`));
	};
	const shows = async (text) => (await page.textContent('body')).includes(text);

	await go('');
	ok(page.url().includes('login'), tell('a stranger is asked to log in'));
	is(await page.getAttribute('html', 'lang'), language,
		tell('the page speaks the browser\'s language'));
	await shot('login');
	await send(page, 'login', { login, password });
	await shot('new-password');
	const chosen = `${login} no atarashii aikotoba`;
	await send(page, 'login',
		{ new_password: chosen, new_password_again: chosen });
	ok(page.url().includes('catalog'), tell('a new password leads to the catalog'),
		page.url());
	await shot('catalog');
	await page.fill('[name="q"]', language === 'ja' ? 'グループウェア' : 'groupware');
	await page.press('[name="q"]', 'Enter');
	await page.waitForLoadState('networkidle');
	await shot('search');
	await page.locator('a[href*="software?code=groupware"]').first().click();
	await page.waitForLoadState('networkidle');
	ok(page.url().includes('code=groupware'), tell('the search finds the groupware'));
	await shot('software');
	await page.locator('a[href*="install?software=groupware"]').first().click();
	await page.waitForLoadState('networkidle');
	await shot('install');
	await send(page, 'install', { directory });
	ok(/job\?serial=/.test(page.url()), tell('the install is a job to watch'), page.url());
	await shot('job');
	const serial = new URL(page.url()).searchParams.get('serial');
	const start = page.locator('a[href*="127.0.0.2"]').first();
	ok(await until(() => start.isVisible(), 60), tell('the job page shows the way to the program'));
	await shot('job-done');

	await page.goto(await start.getAttribute('href'));
	await shot('program-g');
	ok(await page.locator('[name="key"]').first().isVisible(),
		tell('the program runs and asks for a key: screen (g)'));
	const program = page.url();

	await go(`purchase?serial=${serial}`);
	await shot('purchase');
	await send(page, 'purchase', buyer);
	if (page.url().includes('purchase')) {
		await shot('purchase-total');
		ok(true, tell('the total for 30 users is shown before the order counts'));
		await send(page, 'purchase', { users: '30' });
	}
	await shot('license');
	const key = /[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}/
		.exec(await page.textContent('body'))?.[0];
	ok(key, tell('the key is on the screen'), page.url());
	ok(await until(() => mails(at.KAGIYA_MAIL_DIR)
		.some((mail) => mail.to === buyer.email && mail.text.includes(key))),
	tell('the key comes by mail'));
	ok(mails(at.KAGIYA_MAIL_DIR).some((mail) => mail.to === buyer.email &&
		mail.text.includes(key) && mail.text.includes(buyer.contact)),
	tell('which greets who ordered'));

	await page.goto(program);
	await page.locator('[name="key"]').first().fill(key);
	await page.locator('[name="key"]').first().press('Enter');
	await page.waitForLoadState('networkidle');
	await shot('program-licensed');
	await page.goto(program);
	is(await page.locator('[name="key"]').count(), 0,
		tell('with the key the program asks no more'));

	await go('invoice');
	const invoice = page.locator('a[href*="invoice?no="]').first();
	ok(await until(async () => {
		await page.reload();
		return invoice.isVisible();
	}), tell('an invoice follows the first right check'));
	await invoice.click();
	await page.waitForLoadState('networkidle');
	await shot('invoice');
	ok(await shows('株式会社○×'), tell('the invoice names the company'));
	ok(await shows('T1234567890123'), tell('and the issuer\'s registration number'));

	await go('license');
	await shot('licenses');
	await go(`uninstall?serial=${serial}`);
	await shot('uninstall');
	await send(page, 'uninstall', { confirm: true });
	ok(await until(async () => /status="U"/.test(
		await document(page, `${at.KAGIYA_URL}license?serial=${serial}`)), 60),
	tell('the uninstall ends with status U'));
	await page.reload();
	await shot('uninstalled');
	is(tree(login), before, tell('the area is as it was before'));
	await browser.close();
}

await story('ja', at.KAGIYA_NEW_LOGIN, at.KAGIYA_NEW_PASSWORD, 'Program Files');
await story('en', at.KAGIYA_NEW_LOGIN_2, at.KAGIYA_NEW_PASSWORD_2, '業務 ソフト');
finish();
