gate_PROGRAMS += fcgi/gate/keycheck fcgi/gate/agent
fcgi_gate_keycheck_SOURCES = fcgi/gate/keycheck.c fcgi/gate/keycheck.h \
	fcgi/gate/keycheck_brake.c fcgi/gate/keycheck_demand.c \
	fcgi/gate/keycheck_note.c fcgi/gate/keycheck_question.c \
	fcgi/gate/keycheck_read.c fcgi/gate/keycheck_reply.c \
	fcgi/gate/keycheck_word.c fcgi/gate/keycheck_write.c \
	fcgi/gate/limit.c fcgi/gate/limit.h fcgi/gate/spool.c \
	fcgi/gate/spool.h fcgi/gate/spool_file.c fcgi/gate/spool_file.h
fcgi_gate_keycheck_LDADD = $(GATE)

dist_man_MANS += fcgi/gate/kagiya-keycheck.7

include fcgi/gate/agent.mk
include fcgi/gate/parcel.mk
