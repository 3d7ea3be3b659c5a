-- post: wrk sends random lines of a file as form bodies, each connection
-- waiting about so many milliseconds between two.
-- arguments: FILE DELAY_MS
local bodies = {}
local wait = 0

function init(args)
	for line in io.lines(args[1]) do
		bodies[#bodies + 1] = line
	end
	wait = tonumber(args[2] or "0")
	math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function delay()
	if wait == 0 then
		return 0
	end
	return math.random(0, 2 * wait)
end

function request()
	return wrk.format("POST", nil, nil, bodies[math.random(#bodies)])
end
