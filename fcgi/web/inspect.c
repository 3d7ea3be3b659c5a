/* inspect: what a style sheet must not contain, whoever wrote it. */

#include "web/inspect.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 200 };

static const char xslt[] = "http://www.w3.org/1999/XSL/Transform";

/* The only namespaces of elements; "" is none: HTML. */
static const char *const known[] = { "http://www.w3.org/1999/XSL/Transform",
	"http://www.w3.org/2000/svg", "", NULL };

static const char *
namespace_of(const xmlNode *node)
{
	return node->ns != NULL ? (const char *)node->ns->href : "";
}

static bool
is_known(const char *name)
{
	for (size_t i = 0; known[i] != NULL; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

static const char *
inspect_attribute(const xmlAttr *attribute, bool is_xslt)
{
	const char *name = (const char *)attribute->name;
	const xmlNode *value = attribute->children;

	if (strcmp(name, "disable-output-escaping") == 0)
		return "disable-output-escaping";
	if (is_xslt)
		return NULL;
	if (strncasecmp(name, "on", 2) == 0)
		return "an event attribute";
	if (value != NULL && value->content != NULL &&
	    strcasestr((const char *)value->content, "javascript:") != NULL)
		return "a javascript: address";
	return NULL;
}

static const char *
inspect_element(const xmlNode *node)
{
	const char *name = (const char *)node->name;
	bool is_xslt = strcmp(namespace_of(node), xslt) == 0;

	if (!is_known(namespace_of(node)))
		return "an element of a foreign namespace";
	if (is_xslt && strcmp(name, "document") == 0)
		return "xsl:document";
	if (!is_xslt && strcasecmp(name, "script") == 0 &&
	    node->children != NULL)
		return "a script with text";
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *trouble = inspect_attribute(a, is_xslt);

		if (trouble != NULL)
			return trouble;
	}
	return NULL;
}

static const char *
inspect_nodes(const xmlNode *node, unsigned depth)
{
	const char *trouble = NULL;

	if (depth == DEEPEST)
		return "too deep";
	for (; node != NULL && trouble == NULL; node = node->next) {
		if (node->type == XML_ENTITY_REF_NODE)
			trouble = "an entity";
		if (node->type != XML_ELEMENT_NODE)
			continue;
		trouble = inspect_element(node);
		if (trouble == NULL)
			trouble = inspect_nodes(node->children, depth + 1);
	}
	return trouble;
}

const char *
inspect_sheet(struct _xmlDoc *sheet)
{
	if (sheet->intSubset != NULL || sheet->extSubset != NULL)
		return "a document type";
	return inspect_nodes(xmlDocGetRootElement(sheet), 0);
}
