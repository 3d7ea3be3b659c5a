/* common_password: a list of words and rules instead of a list of millions. */

#include "shop/common_password.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"

/* So many signs of its own make a password uncommon; so do three words. */
enum { OWN_LEAST = 8, WORDS_LEAST = 3, RUN_LEAST = 3 };

static const char *const runs[] = {
	"abcdefghijklmnopqrstuvwxyz",
	"zyxwvutsrqponmlkjihgfedcba",
	"01234567890123456789",
	"98765432109876543210",
	"qwertyuiop",
	"asdfghjkl",
	"zxcvbnm",
	"poiuytrewq",
	"lkjhgfdsa",
	"mnbvcxz",
	"qwertz",
	"azerty",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm",
	"qazwsxedcrfvtgbyhnujm",
	"1q2w3e4r5t6y7u8i9o0p",
	"q1w2e3r4t5y6u7i8o9p0",
	"zaq12wsxcde34rfv",
	"!@#$%^&*()",
	"13579",
	"24680",
	"147258369",
	"159357",
	"aeiou",
};

/* A blank after each. */
static const char words[] =
    "a1b2c3 aaron abcdef abc access account adam admin "
    "administrator adobe akira aleksandr alex alexander alice "
    "amanda america andrea andrew angel angela anime anna anthony "
    "apache apple april arsenal ashley asuka august austin baby "
    "backup badboy bailey banana barcelona baseball basketball "
    "batman battery beach bear beautiful benjamin biteme black "
    "blink blue bonjour brandon bubbles buster butterfly calvin "
    "camera canada captain carlos caroline change changeme charlie "
    "cheese chelsea chester chicken chocolate chris christian cisco "
    "computer cookie correct correcthorsebatterystaple cowboy "
    "customer dakota dallas daniel data database david debian "
    "december default demo dennis diamond dog domain donald dragon "
    "eagle edward email emily enter eric family february fender "
    "ferrari fish flower football forever forget freedom friday "
    "friend friends fuck fuckyou fukuoka game gateway george ginger "
    "gmail god gold golf google green guest guitar hackers hannah "
    "happy harley harry heart heather hello hellokitty himitsu "
    "hiroshi hockey home horse hosting hunter ichiban iloveyou "
    "index inter internet jackson jaguar james january japan "
    "jasmine jason jennifer jessica jesus john jordan joseph joshua "
    "july june justin kagiya kaisha kanri karate kawaii kazuki "
    "kenji kevin key keyboard killer king kitty kyoto ladybug "
    "lakers laura letme letmein license linux liverpool login "
    "london love lovely loveme lover lucky maggie mail manager "
    "march mariadb marina martin maryjane master matrix matthew "
    "maverick melissa mercedes michael michelle mickey microsoft "
    "midnight minecraft mobile monday money monkey morgan mother "
    "mustang my mynoob mysql nagoya naruto natasha new nicole nihon "
    "nintendo nippon nothing november october ohayou oracle orange "
    "osaka pass passphrase passw passwd password passwort pasuwado "
    "patrick peanut pepper phoenix pikachu pokemon porsche prince "
    "princess private purple pussy qwer rabbit rachel rainbow "
    "ranger red robert rock root rootroot sakura samantha samsung "
    "samurai sapporo sarah satoshi saturday scooter secret secure "
    "security september server service sexy shadow shop silver "
    "simple snoopy soccer software sophie staff staple star "
    "starwars steelers steven summer sunday sunshine super superman "
    "support suzuki sweet sysadmin system takahashi takashi tanaka "
    "taylor tekito temp tennis test tester testing the thomas "
    "thunder thursday tiger tigger tokyo toor toyota trial trustno "
    "tuesday turtle ubuntu unknown user vanessa victoria virgin "
    "watanabe web website wednesday welcome whatever william "
    "windows winter wizard wordpress work xxx yamaha yamamoto "
    "yankees yellow yokohama yourname yuki zaq zxcv パスワード ぱすわーど "
    "ひみつ "
    "秘密 管理者 暗証番号 鍵屋 さくら ";

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* p@ssw0rd is password. */
static char
plain(char sign)
{
	static const char from[] = "@4301$5!7+";
	static const char to[] = "aaeoissitt";
	const char *at = sign ? strchr(from, sign) : NULL;

	return at ? to[at - from] : sign;
}

/* How long a common word begins here; 0 for none. */
static size_t
word_at(const char *text, const char *login)
{
	const size_t own = strlen(login);
	size_t longest = 0;

	if (own >= RUN_LEAST && strncmp(text, login, own) == 0)
		longest = own;
	for (const char *word = words; *word;) {
		const size_t length = strcspn(word, " ");

		if (length > longest && strncmp(text, word, length) == 0)
			longest = length;
		word += length + 1;
	}
	return longest;
}

static size_t
common_prefix(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* How long the same sign, or a piece of a keyboard's row, goes on here. */
static size_t
run_at(const char *text)
{
	size_t longest = 1;

	while (text[longest] && text[longest] == text[0])
		longest++;
	for (size_t i = 0; i < LENGTH(runs); i++) {
		const char *at = strchr(runs[i], text[0]);
		const size_t n = at ? common_prefix(text, at) : 0;

		if (n > longest)
			longest = n;
	}
	return longest >= RUN_LEAST ? longest : 0;
}

/* password, or a phrase of it again and again: the phrase's length. */
static size_t
period_of(const char *text)
{
	const size_t length = strlen(text);

	for (size_t n = 1; n <= length / 2; n++)
		if (strncmp(text, text + n, length - n) == 0)
			return n;
	return length;
}

static bool
is_weak(const char *text, const char *login)
{
	const size_t period = period_of(text);
	size_t own = 0, found = 0, last = 0;

	for (size_t i = 0; i < period;) {
		const size_t word = word_at(text + i, login);
		const size_t run = run_at(text + i);

		if (word == 0 && run == 0) {
			own += !isspace((unsigned char)text[i]) &&
			       (text[i] & 0xc0) != 0x80;
			i++;
			continue;
		}
		/* The same word twice is one. */
		found += word >= run &&
			 (last == 0 ||
			     strncmp(text + i, text + last - 1, word) != 0);
		if (word >= run)
			last = i + 1;
		i += word >= run ? word : run;
	}
	return own < OWN_LEAST && found < WORDS_LEAST;
}

bool
common_password(struct arena *arena, const char *password, const char *login)
{
	char *copy = arena_copy(arena, password);

	if (is_weak(copy, login))
		return true;
	for (char *at = copy; *at; at++)
		*at = plain(*at);
	return is_weak(copy, login);
}
