-- numbers.lua -- integers of 64 bits and doubles: arithmetic, conversion, printing and reading.
local big, small = math.maxinteger, math.mininteger
print(big + 1 == small, big * 2, small // -1, small % -1, -small, big // 3, small // 3, big % 1000, small % 1000, -7 // 2, -7 % 3, 7 % -3)
print(1 << 62, 1 << 63, 1 << 64, -1 >> 1, -1 >> 63, 0x7fffffffffffffff & 0xff00ff00ff00ff, 5 ~ 3, ~0, 3 | 8)
print(7 / 2, -7 / 2, 2 ^ 0.5, 2 ^ -1074, 10 // 0.3, -10 % 0.3, 5.5 % -2, 1e308 * 10, -1e308 * 10, 0.0 == -0.0, 1 / -0.0)
print(math.huge // 1, 2 ^ 53 + 1, 2 ^ 53 | 0, math.tointeger(3.0), math.tointeger(3.5), 3 == 3.0, 1 < 1.5, big < big + 0.0)
print(math.floor(-3.7), math.ceil(-3.2), math.fmod(-7, 3), math.fmod(7, -3), math.ult(1, -1), math.abs(small), math.type(1), math.type(1.0))
for _, f in ipairs { "%d", "%5d|", "%-8d|", "%+d", "%08d", "%x", "%#X", "%o", "%c" } do io.write(f:format(97), " ") end
print()
for _, v in ipairs { 0.1, 1 / 3, 123456789.125, 1e15, 1e16, 1e-5, 5e-324, 1.7976931348623157e308, -0.0, 100 } do
    print(v, ("%.3f %10.2e %g %.17g %a %i"):format(v, v, v, v, v, 3))
end
for _, s in ipairs { "10", "0x10", " 12 ", "1e2", "0x1p4", "0x.8", "1e", "", "0x", "9223372036854775807", "9223372036854775808", "inf", "1_0" } do
    print(("%q"):format(s), tonumber(s), math.type(tonumber(s)))
end
print(tonumber("zz", 36), tonumber("777", 8), tonumber("8", 8), tonumber("-ff", 16), "10" + 5, "3" * "4", 10 .. 20)
local x, sum = 0.1, 0
for i = 1, 1000 do
    x = (x * 1.0000001 + 1 / i) % 3
    sum = sum + math.floor(x * 1e6) + (math.sin(x) > 0 and 1 or 0) + math.floor(math.exp(x) * 100) + math.floor(math.log(x + 1, 10) * 1000)
end
print(sum, ("%.6f"):format(x), math.sqrt(2), math.pi, ("%.10f"):format(math.atan(1, 2)), string.format("%5.1f", -0.04))
for i = 3, 1, -1 do io.write(i, " ") end
for v = 0, 1, 0.25 do io.write(v, " ") end
for i = big - 1, big do io.write(i, " ") end
print()
