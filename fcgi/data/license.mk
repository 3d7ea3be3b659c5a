# The tables of a license's life.
libdata_a_SOURCES += \
	fcgi/data/backup.c fcgi/data/backup.h \
	fcgi/data/company.c fcgi/data/company.h \
	fcgi/data/contact.c fcgi/data/contact.h \
	fcgi/data/contract.c fcgi/data/contract.h \
	fcgi/data/daily.c fcgi/data/daily.h \
	fcgi/data/instance_move.c fcgi/data/instance_move.h \
	fcgi/data/invoice.c fcgi/data/invoice.h \
	fcgi/data/job.c fcgi/data/job.h fcgi/data/job_order.c \
	fcgi/data/keycheck_event.c fcgi/data/keycheck_event.h \
	fcgi/data/license.c fcgi/data/license.h \
	fcgi/data/license_check.c fcgi/data/license_check.h \
	fcgi/data/license_set.c fcgi/data/license_set.h \
	fcgi/data/mail.c fcgi/data/mail.h \
	fcgi/data/move.c fcgi/data/move.h \
	fcgi/data/notice.c fcgi/data/notice.h fcgi/data/notice_wanted.c \
	fcgi/data/payment.c fcgi/data/payment.h \
	fcgi/data/trial.c fcgi/data/trial.h \
	fcgi/data/verdict_change.c fcgi/data/verdict_change.h
