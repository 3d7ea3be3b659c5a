/* echo: a gate that says back what it got, for tests of the gates' frame. */

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "data/work.h"
#include "web/gate.h"

static void
act(const struct call *call, struct answer *answer)
{
	struct text *text = text_new(call->work->arena, 10000);
	const char *header = call_header(call, "HTTP_X_PROBE");
	bool doubled;
	const char *field = call_field(call, "field", &doubled);

	text_print(text, "method=%s\npath=%s\naddress=%s\nlength=%zu\n",
	    call->method, call->path_info, call->address, call->length);
	text_print(text, "header=%s\nfield=%s\ndoubled=%d\nbody=",
	    header != NULL ? header : "(none)",
	    field != NULL ? field : "(none)", doubled);
	text_add_n(text, call->body, call->length);
	answer->status = 200;
	answer->content_type = "text/plain; charset=utf-8";
	answer->body = text->bytes;
	answer->length = text->length;
	answer->headers[0] = "X-Echo";
	answer->headers[1] = "yes";
	if (field != NULL && strcmp(field, "empty") == 0)
		*answer = (struct answer){ .status = 204 };
	if (field != NULL && strcmp(field, "nothing") == 0)
		*answer = (struct answer){ .status = 500 };
}

const struct gate gate = {
	.name = "echo",
	.methods = GATE_POST | GATE_GET,
	.limit = 1000,
	.act = act,
};
