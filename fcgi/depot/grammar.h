/* grammar: the RELAX NG files of schema/package as text inside the programs,
 * so that an agent needs no files beside itself. grammar.c is made of them. */

#ifndef DEPOT_GRAMMAR_H
#define DEPOT_GRAMMAR_H

extern const char grammar_manifest[];
extern const char grammar_index[];
extern const char grammar_job[];
extern const char grammar_keys[];

#endif
