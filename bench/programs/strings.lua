-- strings.lua N -- strings: building, format, gsub, find with patterns, byte and char, pack and unpack.
local n = tonumber(arg[1]) * 10
local text, parts = "the quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs, 1234 times. ", {}
local sum, vowels, words = 0, 0, {}
for i = 1, n do
    local line = text:gsub("%d+", tostring(i))
    parts[#parts + 1] = ("%05d %-8s|%8.3f|%x %s"):format(i, line:sub(i % 40 + 1, i % 40 + 6), i / 7, i, line:upper():sub(1, 10))
    vowels = vowels + select(2, line:gsub("[aeiou]", ""))
    for word in line:gmatch("%a+") do words[word] = (words[word] or 0) + 1 end
    for at = 1, #line, 9 do sum = (sum * 33 + line:byte(at)) % 4294967291 end
    local packed = string.pack(">I4i2s1z", i, -(i % 30000), "key" .. i, "value")
    local a, b, key = string.unpack(">I4i2s1z", packed)
    sum = sum + a + b + #key
    local from = line:find("(%a+) dog", 20)
    sum = (sum + from) % 4294967291
end
local joined = table.concat(parts, "\n")
print(#joined, sum, vowels, words.the, words.jumps, joined:sub(1, 60), joined:reverse():sub(1, 20))
