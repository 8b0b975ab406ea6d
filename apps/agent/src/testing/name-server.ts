/** A program in Python that answers every name with 203.0.113.1, the world of a `TestHost` (RFC 1035, 4.1), at this address. */
export const nameServerAt = (address: string): string => `
import socket
def names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); server.bind(("${address}", 53))
    while True:
        question, who = server.recvfrom(512)
        end = question.index(0, 12) + 5
        ipv4 = question[end - 4:end - 2] == bytes([0, 1])
        answer = bytes([192, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 203, 0, 113, 1]) if ipv4 else b""
        server.sendto(question[:2] + bytes([129, 128, 0, 1, 0, 1 if ipv4 else 0, 0, 0, 0, 0]) + question[12:end] + answer, who)
`;
