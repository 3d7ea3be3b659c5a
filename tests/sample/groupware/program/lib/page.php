<?php
/* page: the frame around every page, and the box for the key. */

declare(strict_types=1);

function h(string $text): string
{
	return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/* The team's name, asked when the program was installed. */
function team(): string
{
	$settings = @parse_ini_file(ROOT . '/kagiya-setting.ini');
	return is_array($settings) ? (string)($settings['team'] ?? '') : '';
}

function page_begin(string $name): void
{
	form_token();	/* its cookie goes before the first byte */
	echo "<!DOCTYPE html>\n<html lang=\"", language(), "\">\n<head>\n",
	    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" ",
	    "content=\"width=device-width, initial-scale=1\">\n<title>",
	    h(words("$name.title")), ' – ', h(words('name')), "</title>\n",
	    "<link rel=\"icon\" href=\"icon.svg\">\n",
	    "<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n",
	    "<body id=\"at-", h($name), "\">\n<header><a class=\"brand\" ",
	    "href=\"index.php\"><img src=\"icon.svg\" alt=\"\" width=\"32\" ",
	    "height=\"32\">", h(words('name')), "</a><span class=\"team\">",
	    h(team()), "</span><nav>";
	foreach (LANGUAGES as $code => $label)
		echo '<a hreflang="', $code, '" lang="', $code, '" href="?lang=',
		    $code, '"', $code === language() ? ' aria-current="true"' : '',
		    '>', h($label), '</a>';
	echo "</nav></header>\n<main>\n";
}

function page_end(): void
{
	echo "</main>\n<footer><span>", h(words('name')), ' ', h(version()),
	    '</span><a href="license.php">', h(words('license.title')),
	    "</a></footer>\n</body>\n</html>\n";
}

/* Screens (g) and (h): the box into which the key is pasted. $cancel: where
 * the second button leads. */
function key_box(string $cancel, string $problem = ''): void
{
	$shop = license()->url();
	$code = license()->field('code');

	echo '<form class="key" method="post" action="license.php">',
	    '<p>', h(words('key.how')), '</p>';
	if ($problem !== '')
		echo '<p class="problem" id="problem" role="alert">', h($problem),
		    '</p>';
	echo '<p class="row"><label for="key">', h(words('key.label')),
	    '</label><input id="key" name="key" required maxlength="60" ',
	    'autocomplete="off" autocapitalize="characters" spellcheck="false" ',
	    'placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"',
	    $problem === '' ? '' : ' aria-describedby="problem"', '></p>',
	    '<p class="hint">', h(words('key.paste')), '</p>',
	    '<input type="hidden" name="token" value="', form_token(), '">',
	    '<p class="buttons"><button name="do" value="key">',
	    h(words('key.ok')), '</button><a class="button quiet" href="',
	    h($cancel), '">', h(words('key.cancel')), '</a>';
	if ($shop !== '')
		echo '<a class="shop" rel="noopener" href="', h($shop), '">',
		    h(words(words_for_shop($code))), '</a>';
	echo '</p></form>';
}

function words_for_shop(string $code): string
{
	return in_array($code, ['PAYMENT_DUE', 'PAYMENT_OVERDUE'], true) ?
	    'shop.pay' : (in_array($code, ['TRIAL', 'TRIAL_ENDED', ''], true) ?
	    'shop.buy' : 'shop.open');
}

/* A day as people of the language write it. */
function day_words(string $day): string
{
	$date = date_create($day);
	if ($day === '' || $date === false)
		return '';
	return language() === 'ja' ? $date->format('Y年n月j日') :
	    $date->format('j F Y');
}
