-- libraries.lua -- strings, patterns, tables, utf8, metamethods, goto, varargs, io and os on files of the current folder.
print(("hello world"):find("o w"), ("hello"):find("l+"), ("a.b"):find(".", 1, true), ("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
print((("x=1, y=2"):gsub("(%w)=(%w)", "%2=%1")), (("abc"):gsub("%w", { a = "1", b = false })), (("abc"):gsub("", "-")))
print(("[[nested]]"):match("%b[]"), ("THE (quick) fox"):find("%((%a+)%)"), ("f(a,b)"):gsub("%f[%a]%a", string.upper))
print(("%q"):format("a\0b\n\r\"\\"), ("x"):rep(3, ","), ("abc"):byte(1, -1), ("héllo"):len(), ("abc"):sub(-2), ("abc"):reverse())
print(utf8.char(72, 228, 8364, 128512), utf8.len("häß€"), utf8.codepoint("€", 1), utf8.offset("a€b", 3), utf8.len("\xff"))
for p, c in utf8.codes("aé€") do io.write(p, ":", c, " ") end
print()
print(string.pack(">i2I3", -2, 0x010203):byte(1, -1))
print(string.unpack("<d", string.pack("<d", 1.5)), string.packsize("!8 i1 i8"), #string.pack("s4", "abc"))
print(table.concat({ 1, 2, 3 }, "-"), select("#", table.unpack({ 1, nil, 3 }, 1, 3)), table.unpack(table.pack(4, 5, 6), 2))
local t = setmetatable({}, { __index = function(_, k) return k .. "!" end, __call = function(_, a, b) return a + b end,
    __len = function() return 42 end, __concat = function(a, b) return "joined" end, __eq = function() return true end,
    __lt = function() return true end, __tostring = function() return "T" end, __unm = function() return "minus" end })
print(t.x, t(1, 2), #t, t .. "a", t < t, tostring(t), -t)
for i = 1, 3 do
    for j = 1, 3 do
        if j == 2 then goto continue end
        io.write(i, j, " ")
        ::continue::
    end
end
print()
local function rest(...) local a, b = ... return select("#", ...), a, b, (...) end
print(rest(nil, 2, nil))
local name = "libraries.tmp"
local f = assert(io.open(name, "wb"))
f:write("first line\n", 42, " ", 1.5, "\n", ("x"):rep(10000), "\nlast")
f:seek("set", 6)
f:write("LINE")
f:close()
f = io.open(name)
print(f:read("l"), f:read("n", "n"), f:read("L"), #f:read("l"), f:read(2), f:read("a"), f:read("l"), f:seek("end"))
f:close()
for line in io.lines(name) do io.write(#line, " ") end
print(os.rename(name, name .. "2"), io.open(name))
print(os.remove(name .. "2"), os.remove(name .. "2"))
print(os.time { year = 2004, month = 2, day = 29, hour = 12, isdst = false } - os.time { year = 2004, month = 2, day = 28, hour = 12, isdst = false })
print(os.date("!%Y-%m-%d %H:%M:%S %j %a %b %p", 1000000000), os.getenv("NO_SUCH_VARIABLE"), type(os.clock()), os.remove(os.tmpname()))
local weak = setmetatable({}, { __mode = "k" })
for i = 1, 1000 do weak[{}] = i end
collectgarbage()
print(next(weak), collectgarbage("count") > 0)
