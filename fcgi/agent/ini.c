/* ini: the two files that the agent writes for the installed program. */

#include "agent/ini.h"

#include <string.h>

#include "agent/database.h"
#include "base/arena.h"
#include "base/text.h"

/* Nothing inside single quotes is special but a single quote, which stands
 * between double ones: parts side by side are one value. */
static void
add(struct text *out, const char *name, const char *value)
{
	if (strpbrk(value, "\"\\$\n\r") == NULL) {
		text_print(out, "%s = \"%s\"\n", name, value);
		return;
	}
	text_print(out, "%s = '", name);
	for (; *value != '\0'; value++)
		if (*value == '\'')
			text_add(out, "'\"'\"'");
		else if (*value == '\n' || *value == '\r')
			text_add(out, " ");
		else
			text_add_n(out, value, 1);
	text_add(out, "'\n");
}

const char *
ini_license(struct arena *arena, const struct order_job *order)
{
	struct text *out = text_new(arena, 65536);

	text_add(out, "; Written by the hosting provider's agent.\n");
	add(out, "check_url", order->check_url);
	add(out, "product", order->product);
	add(out, "serial", order->serial);
	add(out, "instance", order->instance);
	add(out, "version", order->version);
	for (size_t i = 0; i < order->public_key_count; i++)
		add(out, "public_key[]", order->public_keys[i]);
	add(out, "buy_url", order->buy_url);
	return out->bytes;
}

static const char *
answer_to(const struct order_job *order, const struct manifest_setting *asked)
{
	for (size_t i = 0; i < order->setting_count; i++)
		if (strcmp(order->settings[i].name, asked->name) == 0 &&
		    manifest_setting_problem(asked, order->settings[i].value) ==
			NULL)
			return order->settings[i].value;
	return asked->value;
}

static void
add_database(struct text *out, const struct database_access *database)
{
	add(out, "database_host", database->host);
	add(out, "database_socket", database->socket);
	add(out, "database_name", database->name);
	add(out, "database_user", database->user);
	add(out, "database_password", database->password);
}

const char *
ini_setting(struct arena *arena, const struct order_job *order,
    const struct manifest *manifest, const struct database_access *database)
{
	struct text *out = text_new(arena, 65536);

	if (manifest->setting_count == 0 && database == NULL)
		return NULL;
	text_add(out, "; The answers given when this was installed.\n");
	add(out, "kagiya_url",
	    arena_print(arena, "%s%s/", order->url,
		text_percent(arena, order->directory, "/")));
	for (size_t i = 0; i < manifest->setting_count; i++)
		if (!manifest_setting_is_secret(&manifest->settings[i]))
			add(out, manifest->settings[i].name,
			    answer_to(order, &manifest->settings[i]));
	if (database != NULL)
		add_database(out, database);
	return out->bytes;
}

static const char *
capitals(struct arena *arena, const char *name)
{
	char *copy = arena_copy(arena, name);

	for (char *at = copy; *at != '\0'; at++)
		if (*at >= 'a' && *at <= 'z')
			*at = (char)(*at - 'a' + 'A');
	return copy;
}

const char *const *
ini_secrets(struct arena *arena, const struct order_job *order,
    const struct manifest *manifest)
{
	const char **lines =
	    arena_array(arena, manifest->setting_count + 1, sizeof(*lines));
	size_t count = 0;

	for (size_t i = 0; i < manifest->setting_count; i++) {
		const struct manifest_setting *setting = &manifest->settings[i];

		if (manifest_setting_is_secret(setting))
			lines[count++] =
			    arena_print(arena, "KAGIYA_SECRET_%s=%s",
				capitals(arena, setting->name),
				answer_to(order, setting));
	}
	return lines;
}
