-- sort.lua N -- tables: sorting numbers and strings, with and without an order of one's own; insertion, removal, concatenation.
local n = tonumber(arg[1]) * 200
local seed = 42
local function random(limit)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed // 8 % limit
end

local numbers, words = {}, {}
for i = 1, n do
    numbers[i] = random(1000000)
    words[i] = ("%c%c%d"):format(97 + random(26), 97 + random(26), random(1000))
end
local descending = table.move(numbers, 1, n, 1, {})
table.sort(numbers)
table.sort(words)
table.sort(descending, function(a, b) return a > b end)
local queue, taken = {}, 0
for i = 1, n do
    table.insert(queue, numbers[i])
    if #queue > 50 then taken = (taken * 7 + table.remove(queue, 1)) % 1000003 end
end
print(numbers[1], numbers[n // 2], words[1], words[n], descending[1], taken, #table.concat(words, ","))
