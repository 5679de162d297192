export type Shape =
    | { kind: "circle"; radius: number }
    | { kind: "square"; side: number }
    | { kind: "polygon"; points: ReadonlyArray<readonly [number, number]> };

export function area(s: Shape): number {
    switch (s.kind) {
        case "circle":
            return Math.PI * s.radius ** 2;
        case "square":
            return s.side ** 2;
        case "polygon": {
            let sum = 0;
            for (let i = 0; i < s.points.length; i++) {
                const [x1, y1] = s.points[i];
                const [x2, y2] = s.points[(i + 1) % s.points.length];
                sum += x1 * y2 - x2 * y1;
            }
            return Math.abs(sum) / 2;
        }
    }
}
