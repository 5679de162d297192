-- calls.lua N -- calls: recursive Fibonacci numbers, closures, methods, coroutines.
local n = tonumber(arg[1])

local function fib(k) if k < 2 then return k end return fib(k - 1) + fib(k - 2) end

local Account = {}
Account.__index = Account
function Account.new() return setmetatable({ balance = 0 }, Account) end
function Account:deposit(x) self.balance = (self.balance + x) % 1000003 end

local function counter()
    local c = 0
    return function(x) c = (c * 31 + x) % 65521 return c end
end

local account, count, last = Account.new(), counter(), 0
for i = 1, n * 1000 do
    account:deposit(i)
    last = count(i)
end
local generator = coroutine.wrap(function() for i = 1, n * 300 do coroutine.yield(i * i % 97) end end)
local sum = 0
for _ = 1, n * 300 do sum = sum + generator() end
local f = 0
for _ = 1, n do f = f + fib(15) end
print(f, account.balance, last, sum)
