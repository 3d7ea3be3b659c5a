# The reading of depots serves the worker and `kagiya depot read`.
noinst_LIBRARIES += libreading.a
libreading_a_SOURCES = fcgi/worker/reading.c fcgi/worker/reading.h

worker_PROGRAMS += fcgi/worker/kagiya-worker
fcgi_worker_kagiya_worker_SOURCES = fcgi/worker/main.c fcgi/worker/worker.h \
	fcgi/worker/depots.c fcgi/worker/letter.c fcgi/worker/letter.h \
	fcgi/worker/mail.c fcgi/worker/message.c fcgi/worker/purge.c
fcgi_worker_kagiya_worker_LDADD = libreading.a $(WEB) $(DEPOT)
