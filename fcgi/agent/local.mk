noinst_LIBRARIES += libagent.a
libagent_a_SOURCES = fcgi/agent/agent.h fcgi/agent/area.c fcgi/agent/area.h \
	fcgi/agent/backup.c fcgi/agent/backup.h fcgi/agent/broker.c \
	fcgi/agent/broker.h fcgi/agent/carry.c fcgi/agent/carry.h \
	fcgi/agent/carry_back.c fcgi/agent/carry_file.c fcgi/agent/change.c \
	fcgi/agent/change.h fcgi/agent/chief.c fcgi/agent/chief.h \
	fcgi/agent/child.c fcgi/agent/child.h fcgi/agent/conf.c fcgi/agent/conf.h \
	fcgi/agent/copy.c fcgi/agent/copy.h fcgi/agent/database.c \
	fcgi/agent/database.h fcgi/agent/dir.c fcgi/agent/dir.h fcgi/agent/dump.c \
	fcgi/agent/dump.h fcgi/agent/export.c fcgi/agent/filter.c fcgi/agent/hold.c \
	fcgi/agent/hold.h fcgi/agent/hook.c fcgi/agent/hook.h \
	fcgi/agent/hook_task.c fcgi/agent/hook_words.c fcgi/agent/hook_words.h \
	fcgi/agent/import.c fcgi/agent/ini.c fcgi/agent/ini.h fcgi/agent/install.c \
	fcgi/agent/install.h fcgi/agent/job.c fcgi/agent/job.h fcgi/agent/job_end.c \
	fcgi/agent/job_report.c fcgi/agent/journal.c fcgi/agent/journal.h \
	fcgi/agent/kept.c fcgi/agent/kept.h fcgi/agent/landlock.c \
	fcgi/agent/lines.c fcgi/agent/lines.h fcgi/agent/listing.c \
	fcgi/agent/listing.h fcgi/agent/message.c fcgi/agent/message.h \
	fcgi/agent/net.c fcgi/agent/net.h fcgi/agent/parcel.c fcgi/agent/parcel.h \
	fcgi/agent/pin.c fcgi/agent/pin.h fcgi/agent/place.c fcgi/agent/place.h \
	fcgi/agent/place_backup.c fcgi/agent/place_change.c \
	fcgi/agent/place_change.h \
	fcgi/agent/place_install.c fcgi/agent/place_move.c fcgi/agent/place_part.h \
	fcgi/agent/place_pass.c fcgi/agent/place_remove.c \
	fcgi/agent/place_restore.c fcgi/agent/place_stage.c \
	fcgi/agent/place_tasks.c fcgi/agent/poll.c fcgi/agent/poll.h \
	fcgi/agent/record.c fcgi/agent/record.h \
	fcgi/agent/request.c fcgi/agent/request.h fcgi/agent/restore.c \
	fcgi/agent/rollback.c fcgi/agent/rule.c fcgi/agent/rule.h \
	fcgi/agent/sandbox.c fcgi/agent/sandbox.h fcgi/agent/source.c \
	fcgi/agent/source.h fcgi/agent/state.c fcgi/agent/state.h fcgi/agent/step.c \
	fcgi/agent/step.h fcgi/agent/task.c fcgi/agent/task.h fcgi/agent/tasks.c \
	fcgi/agent/tree.c fcgi/agent/tree.h fcgi/agent/uninstall.c \
	fcgi/agent/unpack.c fcgi/agent/unpack.h fcgi/agent/upgrade.c \
	fcgi/agent/wire.c fcgi/agent/wire.h

# What links the agent links these.
AGENT = libagent.a $(SECCOMP_LIBS) $(DEPOT)

bin_PROGRAMS += fcgi/agent/kagiya-agent
fcgi_agent_kagiya_agent_SOURCES = fcgi/agent/main.c
fcgi_agent_kagiya_agent_LDADD = $(AGENT)

dist_man_MANS += fcgi/agent/kagiya-agent.8
