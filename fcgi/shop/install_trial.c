/* install_trial: how long a customer may try. */

#include "shop/install.h"

#include <string.h>

#include "base/clock.h"
#include "data/software.h"
#include "data/trial.h"
#include "data/version.h"
#include "data/work.h"

/* The earlier trial goes on, unless staff opened this very version for
 * another try. */
static bool
goes_on(const struct trial *trial, const struct version *version)
{
	return version->may_retry_trial == 0 ||
	       trial->version_id == version->version_id;
}

static enum db_status
earlier_trial(struct work *work, int64_t account_id, int64_t version_id,
    struct install_trial *trial_r)
{
	const struct version *version;
	const struct trial *trial = NULL;
	enum db_status status = version_by_id(work, version_id, &version);

	if (status == DB_OK)
		status =
		    trial_of(work, account_id, version->software_id, &trial);
	if (status == DB_OK && goes_on(trial, version)) {
		trial_r->left = true;
		trial_r->end = trial->trial_end;
	}
	return status == DB_NONE ? DB_OK : status;
}

enum db_status
install_trial_of(struct work *work, int64_t account_id, int64_t software_id,
    int64_t version_id, struct install_trial *trial_r)
{
	const struct software *software;
	enum db_status status =
	    software_by_id(work, software_id, "", &software);

	*trial_r = (struct install_trial){ .end = CLOCK_NO_DAY };
	if (status != DB_OK || strcmp(software->model, "free") == 0)
		return status;
	trial_r->days = software->trial_days;
	trial_r->end = work->today + (int32_t)software->trial_days;
	return earlier_trial(work, account_id, version_id, trial_r);
}

enum db_status
install_trial_preview(
    struct work *work, const char *software, struct install_trial *trial_r)
{
	const struct software *found;
	enum db_status status = software_by_code(work, software, "", &found);

	*trial_r = (struct install_trial){ .end = CLOCK_NO_DAY };
	if (status != DB_OK)
		return status;
	return install_trial_of(work, work->account, found->software_id,
	    found->latest_version_id, trial_r);
}
