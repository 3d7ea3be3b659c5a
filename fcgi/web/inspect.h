/* inspect: what a style sheet must not contain, whoever wrote it. */

#ifndef WEB_INSPECT_H
#define WEB_INSPECT_H

struct _xmlDoc;

/* NULL when it is fit to be compiled, else a few words for the log: document
 * type, foreign elements (exsl:document, func:function ...), xsl:document,
 * disable-output-escaping, script with text, on* attributes, javascript:. */
const char *inspect_sheet(struct _xmlDoc *sheet);

#endif
