-- errors.lua -- pcall, xpcall, error values, messages with positions, deep recursion, errors through coroutines, to-be-closed variables.
print(select(2, pcall(error, { code = 7 })).code)
print(select(2, pcall(function() local t = nil; return t.x end)))
print(select(2, pcall(function() return 1 + {} end)))
print(select(2, pcall(function() return #5 end)))
print(select(2, pcall(string.rep, "x", -1)))
print(select(2, pcall(function() return 1 // 0 end)))
print(select(2, pcall(math.tointeger, "x")))
print(xpcall(function() error("deep", 0) end, function(m) return m .. " handled" end))
local function down(n) return 1 + down(n + 1) end
local ok, message = pcall(down, 1)
print(ok, (message:gsub("^[^:]*:%d+: ", ""):match("^[%a ]+")))
for i = 1, 2000 do
    local ok, v = pcall(function() if i % 2 == 0 then error(i, 0) end return -i end)
    assert(ok == (i % 2 == 1) and v == (ok and -i or i))
end
local co = coroutine.create(function(a)
    local b = coroutine.yield(a * 2)
    error("from inside: " .. b)
end)
print(coroutine.resume(co, 21))
print(coroutine.resume(co, "x"))
print(coroutine.status(co), coroutine.resume(co))
do
    local log = {}
    local function scoped(name) return setmetatable({}, { __close = function(_, e) log[#log + 1] = name .. ":" .. tostring(e) end }) end
    pcall(function()
        local a <close> = scoped("a")
        local b <close> = scoped("b")
        error("stop", 0)
    end)
    print(table.concat(log, " "))
end
print(load("return 1 +", "chunk"))
print(load("x = = 2", "=named"))
print(load(string.dump(function(x) return x * 2 end))(21))
