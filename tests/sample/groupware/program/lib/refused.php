<?php
/* refused: screen (h) and its kin: why the program does not run, and how it
 * will again. Nothing that was written is touched. */

declare(strict_types=1);

$code = license()->field('code');
$known = ['TRIAL_ENDED', 'PAYMENT_OVERDUE', 'UNINSTALLED', 'SUSPENDED'];
$reason = license()->decision() === Kagiya\License::UNKNOWN ?
    words('refused.unknown') : (in_array($code, $known, true) ?
    words("refused.$code") : license()->field('text'));

page_begin('refused');
echo '<section class="card refused" data-code="', h($code), '"><h1>',
    h(words('name')), '</h1><p class="reason">', h($reason), '</p>';
if ($code === 'PAYMENT_OVERDUE')
	echo '<p>', h(license()->field('text')), '</p>';
key_box('index.php');
echo '<form method="post" action="license.php" class="again">',
    '<input type="hidden" name="token" value="', form_token(), '">',
    '<button class="quiet" name="do" value="again">',
    h(words('refused.again')), '</button></form>',
    '<p class="hint">', h(words('refused.data')), '</p></section>';
page_end();
