gate_PROGRAMS += fcgi/gate/keycheck fcgi/gate/agent
fcgi_gate_keycheck_SOURCES = fcgi/gate/keycheck.c fcgi/gate/keycheck.h \
	fcgi/gate/keycheck_demand.c fcgi/gate/keycheck_question.c \
	fcgi/gate/keycheck_reply.c fcgi/gate/keycheck_word.c \
	fcgi/gate/keycheck_write.c
fcgi_gate_keycheck_LDADD = $(GATE)

include fcgi/gate/agent.mk
include fcgi/gate/parcel.mk
