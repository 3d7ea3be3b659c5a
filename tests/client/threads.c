/* threads: many threads with one license, all of which must hear RUN. Its
 * argument is the program's folder. */

#include <kagiya-license.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 8, CHECKS = 400 };

struct worker {
	pthread_t thread;
	struct kagiya_license *license;
	enum kagiya_decision worst;
};

static void *
work(void *context)
{
	struct worker *worker = context;

	for (int i = 0; i < CHECKS; i++) {
		const enum kagiya_decision decision =
		    kagiya_check(worker->license);
		struct kagiya_answer *answer = kagiya_answer(worker->license);

		if (decision > worker->worst)
			worker->worst = decision;
		kagiya_answer_free(answer);
	}
	return NULL;
}

int
main(int count, char **arguments)
{
	struct worker workers[THREADS];
	enum kagiya_decision worst = KAGIYA_RUN;

	if (count != 2)
		return 2;
	struct kagiya_license *license = kagiya_open(arguments[1], NULL);
	if (license == NULL)
		return 2;
	for (int i = 0; i < THREADS; i++) {
		workers[i].license = license;
		workers[i].worst = KAGIYA_RUN;
		if (pthread_create(
			&workers[i].thread, NULL, work, &workers[i]) != 0)
			return 2;
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		if (workers[i].worst > worst)
			worst = workers[i].worst;
	}
	kagiya_close(license);
	if (worst != KAGIYA_RUN)
		printf("RUN expected, got %s\n", kagiya_decision_name(worst));
	return 0;
}
