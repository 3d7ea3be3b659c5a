/* example: a program that asks whether it may run. Its folder is its first
 * argument. */

#include <kagiya-license.h>
#include <stdio.h>

int
main(int count, char **arguments)
{
	const char *directory = count > 1 ? arguments[1] : ".";
	struct kagiya_license *license = kagiya_open(directory, NULL);
	struct kagiya_answer *answer;
	int status = 0;

	if (license == NULL) {
		perror("kagiya-license.ini");
		return 2;
	}
	if (kagiya_may_run(license)) {
		puts("Good morning.");
		if (kagiya_days_left(license) >= 0)
			printf("%d days of the trial are left.\n",
			    kagiya_days_left(license));
	} else {
		answer = kagiya_answer(license);
		printf("%s\nPlease see %s\n",
		    answer == NULL ? "The shop cannot be reached."
				   : kagiya_answer_text(answer, "text"),
		    answer == NULL ? kagiya_buy_url(license)
				   : kagiya_answer_text(answer, "url"));
		kagiya_answer_free(answer);
		status = 1;
	}
	kagiya_close(license);
	return status;
}
