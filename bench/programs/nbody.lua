-- nbody.lua N -- floating point: the outer planets under gravity, a logistic map, sums with roots. (glibc's sine on 32-bit powerpc has
-- an instruction that qemu's processors of that kind refuse.)
local n = tonumber(arg[1]) * 20
local bodies = {
    { 0, 0, 0, 0, 0, 0, 39.478417604357 },
    { 4.8414314424647, -1.1603200440274, -0.10362204447113, 0.60632639299583, 2.8119868449163, -0.02521836165988, 0.037693674870389 },
    { 8.3433667182446, 4.1247985641243, -0.40352341711432, -1.0107743461787, 1.8256623712304, 0.0084157613765841, 0.011286326131968 },
    { 12.894369562139, -15.111151401699, -0.22330757889265, 1.0827910064416, 0.86871301816959, -0.010832637401363, 0.0017237240570597 },
    { 15.379697114850, -25.919314609988, 0.17925877295037, 0.97909073224389, 0.59469899864767, -0.034755955561800, 0.0020336868699247 },
}

local function advance(dt)
    for i = 1, #bodies do
        local a = bodies[i]
        for j = i + 1, #bodies do
            local b = bodies[j]
            local dx, dy, dz = a[1] - b[1], a[2] - b[2], a[3] - b[3]
            local d2 = dx * dx + dy * dy + dz * dz
            local pull = dt / (d2 * math.sqrt(d2))
            local of_a, of_b = a[7] * pull, b[7] * pull
            a[4], a[5], a[6] = a[4] - dx * of_b, a[5] - dy * of_b, a[6] - dz * of_b
            b[4], b[5], b[6] = b[4] + dx * of_a, b[5] + dy * of_a, b[6] + dz * of_a
        end
    end
    for _, b in ipairs(bodies) do b[1], b[2], b[3] = b[1] + dt * b[4], b[2] + dt * b[5], b[3] + dt * b[6] end
end

for _ = 1, n do advance(0.001) end
local x, waves = 0.3, 0
for i = 1, n * 10 do
    x = 3.7 * x * (1 - x)
    waves = waves + math.sqrt(i) * (i % 7 - 3)
end
print(("%.6f %.6f %.6f %.4f"):format(bodies[1][1], bodies[2][2], bodies[5][3], waves), x > 0 and x < 1)
