fcgi_gate_agent_SOURCES = fcgi/gate/agent.c
fcgi_gate_agent_LDADD = libdepot.a $(GATE)
